//! Work on files that blocks, away from the threads that calls run on.

use std::fs::File;
use std::io;

/// Something to do that ends with an open file.
pub(crate) type Work = Box<dyn FnOnce() -> io::Result<File> + Send>;

/// Does it. One kind of work for all, so that what surrounds it is compiled once.
pub(crate) async fn do_aside(work: Work) -> io::Result<File> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}
