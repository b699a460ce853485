//! What is written to files, devices and full disks: whole or not at all.

use crate::cli::{AS_OF, folder, run, with};
use crate::support::{annexa, code, err};
use std::fs;
use std::io::Read;

#[test]
fn what_cannot_be_written_is_3() {
    let folder = folder();
    for args in [
        &["gaps", "good.toml", "-o", "/nonexistent-dir/x.csv"][..],
        &["gaps", "good.toml", "-o", "good.toml/x.csv"],
        &["gaps", "good.toml", "-o", "/dev/full"],
        &["score", "good.toml", "--format", "json", "-o", "/dev/full"],
    ] {
        let (exit, output, told) = run(folder.path(), args);
        assert_eq!((exit, output.as_str()), (3, ""), "{args:?}: {told}");
        assert!(told.starts_with("error: cannot write `"), "{told}");
    }
    // The name of a folder is a slip of the command line, not a failure of the machine.
    let (exit, _, told) = run(folder.path(), &["gaps", "good.toml", "-o", "."]);
    assert_eq!((exit, told.as_str()), (2, "error: `.` is a folder\nhelp: name a file\n"));
}

#[test]
fn a_full_disk_under_standard_output_is_3() {
    let folder = folder();
    for args in [&["score", "good.toml"][..], &["gaps", "good.toml"], &["schema", "profile"], &["--help"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = annexa().current_dir(folder.path()).args(args).stdout(full).output().unwrap();
        assert_eq!(code(&output), 3, "{args:?}");
        assert!(err(&output).contains("cannot write to standard output: No space left on device"), "{}", err(&output));
    }
}

#[test]
fn a_result_is_written_whole_or_not_at_all() {
    let folder = folder();
    let path = folder.path().join("out.csv");
    fs::write(&path, "what was there before").unwrap();
    for args in [&["gaps", "bad.toml", "-o", "out.csv"][..], &["score", "good.toml", "bad.toml", "-o", "out.csv"]] {
        assert_eq!(run(folder.path(), args).0, 2);
        assert_eq!(fs::read_to_string(&path).unwrap(), "what was there before", "{args:?}");
    }
    // Who reads the old file while it is replaced goes on reading the old one to its end.
    let mut reader = fs::File::open(&path).unwrap();
    assert_eq!(run(folder.path(), &with(&["gaps", "good.toml", "-o", "out.csv"], &AS_OF)).0, 0);
    let mut read = String::new();
    reader.read_to_string(&mut read).unwrap();
    assert_eq!(read, "what was there before");
    assert_eq!(fs::read_to_string(&path).unwrap(), run(folder.path(), &with(&["gaps", "good.toml"], &AS_OF)).1);
    // A link stays a link, and what it points to is written.
    std::os::unix::fs::symlink("out.csv", folder.path().join("link.csv")).unwrap();
    assert_eq!(run(folder.path(), &["score", "good.toml", "--format", "csv", "-o", "link.csv"]).0, 0);
    assert!(folder.path().join("link.csv").is_symlink() && !path.is_symlink());
    assert!(fs::read_to_string(&path).unwrap().starts_with("tenant,as_of,template,"));
}

#[test]
fn two_runs_into_one_file_leave_one_whole_result() {
    let folder = folder();
    let args = |profile| with(&["gaps", profile, "-q", "--format", "json"], &AS_OF);
    let whole: Vec<String> = ["good.toml", "other.toml"].map(|p| run(folder.path(), &args(p)).1).into();
    assert_ne!(whole[0], whole[1]);
    for _ in 0..5 {
        let runs = ["good.toml", "other.toml", "good.toml", "other.toml"].map(|profile| {
            let args = with(&args(profile), &["-o", "out.json"]);
            annexa().current_dir(folder.path()).args(args).spawn().unwrap()
        });
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        let found = fs::read_to_string(folder.path().join("out.json")).unwrap();
        assert!(whole.contains(&found), "a mixture");
    }
    let mut left: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["bad.toml", "good.toml", "other.toml", "out.json"]);
}
