//! `cms:` in `kompendium.yaml`: where editors without git save what they write in forms.

use super::{check_keys, missing_key, one_of};
use crate::diag::{Diagnostics, text};
use crate::fields::is_web_address;
use crate::source::Span;
use crate::yaml::{Node, typed};

/// The service that holds the repository of the site.
#[derive(Clone, Debug)]
pub struct Cms {
    /// The place of the backend's name.
    pub span: Span,
    /// As the CMS calls it.
    pub backend: &'static str,
    /// `owner/name`.
    pub repo: String,
    pub branch: String,
    /// The folder of the site in the repository, where it is not the top; without slashes at its ends.
    pub folder: String,
    /// The service that signs editors in, where the backend needs one.
    pub base_url: Option<String>,
    /// The interface of a server of one's own.
    pub api_root: Option<String>,
}

const BACKENDS: [(&str, &str); 3] = [("github", "github"), ("gitlab", "gitlab"), ("gitea", "gitea")];

/// Reads `cms:`.
///
/// `missing-key`: it has a backend and a repository.
pub fn cms(node: &Node, diags: &mut Diagnostics) -> Option<Cms> {
    let known = ["backend", "repo", "branch", "folder", "base_url", "api_root"];
    check_keys(typed::map(node, diags), &known, diags);
    let get = |key: &str| node.get(key).filter(|it| !it.is_empty());
    for key in ["backend", "repo"] {
        if get(key).is_none() && matches!(node.kind, crate::yaml::Kind::Map(_)) {
            diags.push(missing_key(node.span, key));
        }
    }
    let backend = get("backend").and_then(|it| one_of(it, &BACKENDS, diags));
    let mut string = |key: &str| get(key).and_then(|it| typed::string(it, diags)).map(|it| it.value);
    let (repo, branch, folder) = (string("repo"), string("branch"), string("folder"));
    let mut address = |key: &str| get(key).and_then(|it| address(it, diags));
    let (base_url, api_root) = (address("base_url"), address("api_root"));
    Some(Cms {
        span: get("backend")?.span,
        backend: backend?,
        repo: repo?,
        branch: branch.unwrap_or_else(|| "main".to_owned()),
        folder: folder.map_or_else(String::new, |it| it.trim_matches('/').to_owned()),
        base_url,
        api_root,
    })
}

fn address(node: &Node, diags: &mut Diagnostics) -> Option<String> {
    let written = typed::string(node, diags)?;
    // It becomes part of a policy, in which these signs end what is said.
    if is_web_address(&written.value) && !written.value.contains([';', ',']) {
        return Some(written.value);
    }
    diags.push(typed::wrong_type(node, text("eine Adresse mit https://", "an address with https://")));
    None
}
