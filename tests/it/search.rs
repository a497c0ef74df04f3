//! The words of the search: `tests/search/vectors.txt`, which `tests/search/vectors.mjs` reads as well.

use kompendium::search::analysis::{fold, pairs, root, stem, tokens};

use crate::fixture;

#[test]
fn words_are_as_in_the_vectors() {
    let vectors = std::fs::read_to_string(fixture::repository().join("tests/search/vectors.txt")).unwrap();
    let mut wrong = Vec::new();
    for line in vectors.lines().filter(|it| !it.starts_with('#')) {
        let [what, text, expected] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let actual = made(what, text);
        if actual != expected {
            wrong.push(format!("{what} of {text:?}: {actual:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn made(what: &str, text: &str) -> String {
    match what {
        "fold" => fold(&text.to_lowercase()),
        "stem" => stem(text).to_owned(),
        "root" => root(text).to_owned(),
        "tokens" => {
            let words = tokens(text)
                .into_iter()
                .map(|it| if it.is_linked { format!("-{}", it.word) } else { it.word });
            words.collect::<Vec<_>>().join(" ")
        }
        "pairs" => pairs(&tokens(text)).join(" "),
        _ => panic!("nothing is called {what}"),
    }
}

/// The field on every page, the page of the search and the list from A to Z, as the theme writes them.
#[test]
fn pages_of_the_search_are_exact() {
    for (site, pages) in [
        ("small", ["index.html", "suche.html", "a-z.html"]),
        ("english", ["index.html", "search.html", "a-z.html"]),
    ] {
        let folder = fixture::Folder::new();
        fixture::copy(
            &fixture::repository().join(format!("tests/search/{site}-site")),
            &folder.path().join("site"),
        );
        let ran = fixture::run(folder.path(), &["build", "-r", "site", "-o", "out"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        for page in pages {
            let actual = std::fs::read_to_string(folder.path().join("out").join(page)).unwrap();
            // A change of a script is no change of the page.
            let hash = regex_lite::Regex::new(r"(assets/[\w-]+)\.[0-9a-f]{10}\.").unwrap();
            let actual = hash.replace_all(&actual, "$1.HASH.").into_owned();
            let expected = fixture::repository().join(format!("tests/search/{site}-pages/{page}"));
            if fixture::update() {
                std::fs::create_dir_all(expected.parent().unwrap()).unwrap();
                std::fs::write(&expected, &actual).unwrap();
            }
            let expected = std::fs::read_to_string(&expected).unwrap_or_default();
            assert!(expected == actual, "{site}: {page} differs; UPDATE_EXPECT=1 writes it anew");
        }
    }
}
