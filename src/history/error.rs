//! Why a history cannot do what it was asked.

use rusqlite::ErrorCode;
use std::fmt;

/// Why a history cannot do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryError {
    /// The file is not what was written: what does not hold.
    Damaged(String),
    /// It cannot be used so, with the way out.
    Unusable {
        /// One lowercase clause.
        message: String,
        /// The way out.
        help: Option<String>,
    },
    /// The machine failed: the disk is full, a right is missing.
    Machine(String),
}

impl HistoryError {
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    pub(super) fn unusable(message: impl Into<String>, help: &str) -> Self {
        Self::Unusable { message: message.into(), help: Some(help.to_owned()) }
    }
}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(what) => write!(f, "it does not hold: {what}"),
            Self::Unusable { message, .. } | Self::Machine(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for HistoryError {}

impl From<rusqlite::Error> for HistoryError {
    fn from(error: rusqlite::Error) -> Self {
        let said = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Machine("another process keeps it locked; try again when that is done".to_owned())
            }
            Some(ErrorCode::DiskFull) => Self::Machine("the disk is full; nothing was changed".to_owned()),
            Some(ErrorCode::CannotOpen) => Self::Machine(format!("it cannot be opened: {said}")),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => {
                Self::Machine(format!("it cannot be written: {said}"))
            }
            Some(ErrorCode::SystemIoFailure) => {
                Self::Machine(format!("it cannot be read or written: {said}; nothing was changed"))
            }
            Some(ErrorCode::NotADatabase) => {
                Self::unusable("it is no SQLite file, or its start is damaged", "name the file of a history")
            }
            Some(ErrorCode::OutOfMemory) => Self::Machine("there is too little memory".to_owned()),
            // What SQLite finds wrong otherwise, and values of a type that was never written.
            _ => Self::Damaged(said),
        }
    }
}

pub(super) type Result<T> = std::result::Result<T, HistoryError>;
