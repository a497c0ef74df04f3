//! Why an output was not written, in German and English.

use std::io;
use std::path::Path;

use crate::diag::{Lang, Text, text};

/// Why an output was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    pub kind: WriteErrorKind,
    /// What is wrong, where, and the ways out.
    pub message: Text,
}

/// Who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteErrorKind {
    /// The user asked for something that could destroy work; exit code 2.
    Refused,
    /// The disk, the rights, or another build; exit code 3.
    System,
}

impl WriteError {
    /// Adds that nothing was lost.
    pub(super) fn old_site_stays(self) -> Self {
        self.and(" Was im Ausgabeordner stand, ist unverändert.", "; the output folder is as it was")
    }

    /// Adds that the site on the disk is a mixture, and what ends that.
    pub(super) fn half_moved(self) -> Self {
        self.and(
            " Der Ausgabeordner enthält alte und neue Dateien; der nächste Aufruf führt die Arbeit zu Ende.",
            "; the output folder holds old and new files, the next call finishes the job",
        )
    }

    fn and(self, de: &str, en: &str) -> Self {
        let de = format!("{}{de}", self.message.in_lang(Lang::De));
        let en = format!("{}{en}", self.message.in_lang(Lang::En));
        WriteError { message: text(de, en), ..self }
    }
}

/// Refuses what the user asked for.
pub(super) fn refused(de: impl Into<String>, en: impl Into<String>) -> WriteError {
    WriteError { kind: WriteErrorKind::Refused, message: text(de, en) }
}

/// Makes an error of the system.
pub(super) fn system(de: impl Into<String>, en: impl Into<String>) -> WriteError {
    WriteError { kind: WriteErrorKind::System, message: text(de, en) }
}

/// Returns what to do with an error while reading a path.
pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |error| at_path(path, "gelesen", "read", &error)
}

/// Returns what to do with an error while writing, moving or creating a path.
pub(super) fn writing(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |error| at_path(path, "geschrieben", "written", &error)
}

/// Returns what to do with an error while removing a path.
pub(super) fn removing(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |error| at_path(path, "entfernt", "removed", &error)
}

fn at_path(path: &Path, done_de: &str, done_en: &str, error: &io::Error) -> WriteError {
    let path = path.display();
    let (reason_de, reason_en) = reason(error);
    let (way_out_de, way_out_en) = way_out(error.kind());
    system(
        format!("„{path}“ kann nicht {done_de} werden: {reason_de}.{way_out_de}"),
        format!("`{path}` cannot be {done_en}: {reason_en}{way_out_en}"),
    )
}

/// Says in our words what the system says in its own.
fn reason(error: &io::Error) -> (String, String) {
    let (de, en) = match error.kind() {
        io::ErrorKind::NotFound => ("nicht gefunden", "not found"),
        io::ErrorKind::PermissionDenied => ("keine Berechtigung", "permission denied"),
        io::ErrorKind::StorageFull => ("der Datenträger ist voll", "the disk is full"),
        io::ErrorKind::QuotaExceeded => ("das Kontingent ist erschöpft", "the quota is used up"),
        io::ErrorKind::FileTooLarge => ("die Datei ist zu groß", "the file is too large"),
        io::ErrorKind::ReadOnlyFilesystem => {
            ("der Datenträger ist schreibgeschützt", "the disk can only be read")
        }
        io::ErrorKind::AlreadyExists => ("existiert bereits", "exists already"),
        io::ErrorKind::NotADirectory => {
            ("ein Teil des Pfads ist kein Ordner", "a part of the path is no folder")
        }
        io::ErrorKind::IsADirectory => ("ist ein Ordner", "is a folder"),
        io::ErrorKind::DirectoryNotEmpty => ("der Ordner ist nicht leer", "the folder is not empty"),
        io::ErrorKind::InvalidFilename => ("der Pfad ist zu lang", "the path is too long"),
        io::ErrorKind::ResourceBusy => ("wird gerade benutzt", "is in use"),
        io::ErrorKind::CrossesDevices => ("liegt auf einem anderen Datenträger", "is on another disk"),
        io::ErrorKind::Unsupported => ("der Datenträger kann das nicht", "the disk cannot do this"),
        io::ErrorKind::OutOfMemory => ("der Arbeitsspeicher ist voll", "out of memory"),
        io::ErrorKind::StaleNetworkFileHandle | io::ErrorKind::NetworkDown | io::ErrorKind::TimedOut => {
            ("das Netzlaufwerk antwortet nicht", "the network drive does not answer")
        }
        _ => return numbered_reason(error),
    };
    (de.to_owned(), en.to_owned())
}

fn numbered_reason(error: &io::Error) -> (String, String) {
    let Some(number) = error.raw_os_error() else {
        return ("unbekannter Fehler".to_owned(), "unknown error".to_owned());
    };
    (format!("Fehler {number} des Betriebssystems"), format!("error {number} of the operating system"))
}

fn way_out(kind: io::ErrorKind) -> (&'static str, &'static str) {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            (" Schaffen Sie Platz und bauen Sie erneut.", "; free some space and build again")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            " Ändern Sie die Rechte oder nennen Sie mit -o einen anderen Ordner.",
            "; change the permissions or name another folder with -o",
        ),
        io::ErrorKind::InvalidFilename => (
            " Nennen Sie mit -o einen Ordner mit kürzerem Pfad.",
            "; name a folder with a shorter path with -o",
        ),
        _ => ("", ""),
    }
}
