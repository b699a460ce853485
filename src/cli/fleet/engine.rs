//! All threads at one fleet: each takes the next chunk, works on it, and hands over what came of it.
//!
//! Taking is done by one thread at a time, and so is putting, which is in the order of the input
//! whatever thread is done first; everything between runs side by side. There is no thread that only
//! reads or only writes: a thread that has something to put puts it, and all that was waiting for it.
//! So few chunks are held, however long the input is: who is too far ahead waits.

use super::input::{Buffer, Chunk, Feed};
use crate::cli::Failure;
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many chunks may be done before their turn, for each thread.
const AHEAD: usize = 2;

/// What a thread does with chunks.
pub(super) trait Work {
    /// What comes of a chunk; filled again and again.
    type Done: Default + Send;
    /// What comes of all chunks of a thread.
    type Sum: Send;

    /// Works on a chunk. What `done` holds of an earlier one is to be cleared.
    fn chunk(&mut self, chunk: &Chunk, bytes: &[u8], done: &mut Self::Done);

    /// What came of all chunks.
    fn end(self) -> Self::Sum;
}

/// Whether there is use in going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// There is.
    On,
    /// Nobody wants more.
    Stop,
}

/// The threads that work.
pub(super) fn threads(count: Option<usize>) -> Result<ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count.unwrap_or(0)).build();
    pool.map_err(|error| Failure::Machine(format!("cannot start threads: {error}")))
}

/// Works through the feed until it has no more; `put` takes what comes of each chunk, in order.
pub(super) fn run<W: Work>(
    pool: &ThreadPool,
    feed: &mut Feed<'_>,
    start: impl Fn() -> W + Sync,
    put: impl FnMut(&Chunk, &mut W::Done) -> Result<Flow, Failure> + Send,
) -> Result<(Flow, Vec<W::Sum>), Failure> {
    let belt = Belt {
        source: Mutex::new(Source { feed, next: 0, has_failed: false }),
        outbox: Mutex::new(Outbox::default()),
        moved: Condvar::new(),
        put: Mutex::new(put),
        ahead: pool.current_num_threads().saturating_mul(AHEAD),
    };
    let sums = pool.broadcast(|_| belt.work(start()));
    let outbox = belt.outbox.into_inner().unwrap_or_else(PoisonError::into_inner);
    match outbox.failure {
        Some(failure) => Err(failure),
        None => Ok((if outbox.is_stopped { Flow::Stop } else { Flow::On }, sums)),
    }
}

/// What all threads share.
struct Belt<'b, 'f, D, P> {
    source: Mutex<Source<'b, 'f>>,
    outbox: Mutex<Outbox<D>>,
    /// Told whenever something was put.
    moved: Condvar,
    put: Mutex<P>,
    ahead: usize,
}

struct Source<'b, 'f> {
    feed: &'b mut Feed<'f>,
    /// The number of the next chunk.
    next: u64,
    /// Whether reading has failed.
    has_failed: bool,
}

/// What is done and not yet put.
struct Outbox<D> {
    waiting: BTreeMap<u64, (Chunk, D)>,
    /// The number of the chunk that is put next.
    next: u64,
    is_putting: bool,
    is_stopped: bool,
    failure: Option<Failure>,
    /// What can be filled again.
    spare: Vec<D>,
}

impl<D> Default for Outbox<D> {
    fn default() -> Self {
        let (waiting, spare) = (BTreeMap::new(), Vec::new());
        Self { waiting, next: 0, is_putting: false, is_stopped: false, failure: None, spare }
    }
}

/// A thread that panicked is told of by the pool; nothing that it held is looked at again.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<D: Default, P: FnMut(&Chunk, &mut D) -> Result<Flow, Failure>> Belt<'_, '_, D, P> {
    fn work<W: Work<Done = D>>(&self, mut work: W) -> W::Sum {
        let _alarm = Alarm(self);
        let mut buffer = Buffer::default();
        while let Some((number, chunk)) = self.take(&mut buffer) {
            let mut done = lock(&self.outbox).spare.pop().unwrap_or_default();
            work.chunk(&chunk, buffer.bytes(), &mut done);
            self.hand_over(number, chunk, done);
        }
        work.end()
    }

    fn take(&self, buffer: &mut Buffer) -> Option<(u64, Chunk)> {
        let mut source = lock(&self.source);
        if source.has_failed || lock(&self.outbox).is_stopped {
            return None;
        }
        match source.feed.next(buffer) {
            Ok(chunk) => {
                let chunk = chunk?;
                source.next += 1;
                Some((source.next - 1, chunk))
            }
            Err(failure) => {
                // What was read before is still good, and the other threads put it.
                source.has_failed = true;
                lock(&self.outbox).failure.get_or_insert(failure);
                None
            }
        }
    }

    fn hand_over(&self, number: u64, chunk: Chunk, done: D) {
        let mut outbox = lock(&self.outbox);
        outbox.waiting.insert(number, (chunk, done));
        if !outbox.is_putting {
            outbox.is_putting = true;
            outbox = self.put_all(outbox);
            outbox.is_putting = false;
        }
        while outbox.waiting.len() > self.ahead && !outbox.is_stopped {
            outbox = self.moved.wait(outbox).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Puts whatever has its turn. Other threads may add to it meanwhile.
    fn put_all<'o>(&'o self, mut outbox: MutexGuard<'o, Outbox<D>>) -> MutexGuard<'o, Outbox<D>> {
        while !outbox.is_stopped {
            let next = outbox.next;
            let Some((chunk, mut done)) = outbox.waiting.remove(&next) else { break };
            drop(outbox);
            let flow = (lock(&self.put))(&chunk, &mut done);
            outbox = lock(&self.outbox);
            outbox.next += 1;
            outbox.spare.push(done);
            match flow {
                Ok(Flow::On) => {}
                Ok(Flow::Stop) => outbox.is_stopped = true,
                Err(failure) => {
                    outbox.failure = Some(failure);
                    outbox.is_stopped = true;
                }
            }
            self.moved.notify_all();
        }
        outbox
    }
}

/// Lets the other threads go on if one of them panics, for what it was to hand over never comes.
struct Alarm<'b, 'c, 'f, D, P>(&'b Belt<'c, 'f, D, P>);

impl<D, P> Drop for Alarm<'_, '_, '_, D, P> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.outbox).is_stopped = true;
            self.0.moved.notify_all();
        }
    }
}
