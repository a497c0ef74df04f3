//! What is made of the finished files of a site, so that they can be published: [`offline`]
//! (reading without a network), [`headers`] (for hosts that read `_headers`), [`archive`] (one
//! file to hand on) and [`compress`] (copies that servers send as they are).

mod archive;
mod compress;
mod headers;
mod offline;

use crate::load::Request;
use crate::site::Site;
use crate::write::Output;

/// The files of a site, ready to be put in place.
#[derive(Debug, Default)]
pub struct Package {
    pub outputs: Vec<Output>,
    /// The bytes of a ZIP archive, where one was asked for.
    pub archive: Option<Vec<u8>>,
}

/// Adds what publishing needs to the files of a site.
pub fn package(site: &Site, mut outputs: Vec<Output>, request: &Request) -> Package {
    let archive = request.archive.then(|| archive::archive(site, &outputs));
    if site.config.offline {
        let files = offline::files(site, &outputs);
        outputs.extend(files);
    }
    if let Some(base_url) = &site.config.base_url {
        outputs.push(headers::headers(site, base_url));
    }
    if request.compress {
        let copies = compress::copies(&outputs);
        outputs.extend(copies);
    }
    Package { outputs, archive }
}

/// Makes a file of the site; `path` is a name of ours.
fn output(path: &str, bytes: impl Into<std::sync::Arc<[u8]>>) -> Output {
    let path = crate::path::SitePath::new(path).expect("a name of ours is a path of the site");
    Output { path, bytes: bytes.into() }
}
