//! The few things that systems do differently; the only user of `rustix`.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a new file that everybody may read, whatever the umask is.
///
/// It never opens a file that exists: the old site may have it as a hard link.
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    set_mode_of(&file, 0o644)?;
    Ok(file)
}

/// Makes a folder that everybody may read, whatever the umask is.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)?;
    set_folder_mode(path, 0o755)
}

/// Makes a folder that web servers do not show.
pub(super) fn create_private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)?;
    set_folder_mode(path, 0o700)
}

#[cfg(unix)]
fn set_mode_of(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode_of(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn set_folder_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_folder_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// Opens a lock file for reading and writing, and makes it if need be.
///
/// A symbolic link is refused: a foreign site could lead us to truncate any file.
pub(super) fn open_lock_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits() as i32);
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(file)
}

/// Swaps two folders in one step; `Unsupported` or `InvalidInput` where that cannot be.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Brings all that was written on the folder's file system to the disk, if that can be
/// asked for; returns whether it could.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn sync_file_system(folder: &Path) -> io::Result<bool> {
    rustix::fs::syncfs(File::open(folder)?)?;
    Ok(true)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn sync_file_system(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Brings a file to the disk.
pub(super) fn sync_file(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Brings the names in a folder to the disk.
///
/// Folders that may be written but not read, and systems that know no such thing, are
/// no reason to stop.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let Ok(folder) = File::open(path) else { return Ok(()) };
    match folder.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        other => other,
    }
}

/// Returns a number for the file system that something lies on.
#[cfg(unix)]
pub(super) fn device(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    metadata.dev()
}

#[cfg(not(unix))]
pub(super) fn device(_: &Metadata) -> u64 {
    0
}
