//! A file that has its name only when it is whole.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::disk::do_aside;

/// A file that is being written beside its place. Dropped before its end, it is removed.
pub(crate) struct PartialFile {
    file: File,
    place: PathBuf,
    beside: Arc<Beside>,
}

/// The name under which it is written.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        // Nothing to remove once it was renamed; and nobody to tell if it can't be.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl PartialFile {
    pub(crate) async fn create(place: PathBuf) -> io::Result<Self> {
        let name = place
            .file_name()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it has no name"))?;
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{:016x}.part", fastrand::u64(..)));
        let beside = Arc::new(Beside(place.with_file_name(hidden)));
        // Held there, too: dropped meanwhile, the file is removed once it was made.
        let made = Arc::clone(&beside);
        let file = do_aside(Box::new(move || std::fs::File::create_new(&made.0))).await?;
        Ok(Self {
            file: File::from_std(file),
            place,
            beside,
        })
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Gives it its name, once all of it is on the disk.
    pub(crate) async fn finish(mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let file = self.file.into_std().await;
        let (beside, place) = (self.beside, self.place);
        do_aside(Box::new(move || {
            std::fs::rename(&beside.0, &place)?;
            Ok(file)
        }))
        .await?;
        Ok(())
    }
}
