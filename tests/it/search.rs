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
