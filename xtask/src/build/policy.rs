//! The page's content security policy: what is inline is allowed by the hash of its very text, and nothing else is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::failure::{Failure, Result};

/// The mark in the template's policy, in `script-src` and in `style-src`.
const MARK: &str = "'berth-inline'";

/// Writes the hashes of the inline scripts and styles into the policy, and fails where something inline has none.
pub(super) fn seal(html: &str) -> Result<String> {
    refuse_unhashable(html)?;
    let mut sealed = html.to_owned();
    for (directive, tag) in [("script-src", "script"), ("style-src", "style")] {
        let hashes: Vec<_> = inline(html, tag).into_iter().map(hash).collect();
        sealed = write_hashes(&sealed, directive, &hashes.join(" "))?;
    }
    Ok(sealed)
}

/// An attribute cannot be hashed without allowing it everywhere: neither `style="..."` nor `onclick="..."` may stand in the page.
fn refuse_unhashable(html: &str) -> Result<()> {
    for tag in tags(html) {
        let attributes = tag.split_ascii_whitespace().skip(1);
        if let Some(found) = attributes
            .into_iter()
            .find(|word| word.starts_with("style=") || is_handler(word))
        {
            return Err(Failure::new(format!(
                "index.html has the attribute {found}, which its own policy blocks"
            ))
            .advice("Use a class, or a listener in public/boot.js."));
        }
    }
    Ok(())
}

fn is_handler(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        name.len() > 2
            && name.starts_with("on")
            && name.chars().all(|char| char.is_ascii_lowercase())
    })
}

/// The opening tags of a document, without what scripts and styles contain.
fn tags(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        found.push(tag);
        rest = behind;
        for raw in ["script", "style"] {
            if name(tag) == raw {
                rest = behind
                    .split_once(&*format!("</{raw}"))
                    .map_or("", |(_, after)| after);
            }
        }
    }
    found
}

fn name(tag: &str) -> &str {
    tag.split([' ', '\n', '/']).next().unwrap_or_default()
}

/// The contents of the inline elements of this name, to the character.
fn inline<'a>(html: &'a str, wanted: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once(&*format!("<{wanted}")) {
        let Some((attributes, behind)) = after.split_once('>') else {
            break;
        };
        let (content, next) = behind
            .split_once(&*format!("</{wanted}"))
            .unwrap_or((behind, ""));
        let external = attributes.contains(" src=");
        if !external && attributes.chars().next().is_none_or(char::is_whitespace) {
            found.push(content);
        }
        rest = next;
    }
    found
}

fn hash(content: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content)))
}

fn write_hashes(html: &str, directive: &str, hashes: &str) -> Result<String> {
    let missing = || {
        Failure::new(format!(
            "the policy of index.html has no {MARK} in {directive}"
        ))
    };
    let start = html.find(&*format!("{directive} ")).ok_or_else(missing)?;
    let (before, policy) = html.split_at(start);
    let (own, others) = policy.split_once(';').ok_or_else(missing)?;
    if !own.contains(MARK) {
        return Err(missing());
    }
    Ok(format!("{before}{};{others}", own.replace(MARK, hashes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str =
        "<meta content=\"script-src 'self' 'berth-inline'; style-src 'self' 'berth-inline'; x\">";

    #[test]
    fn what_is_inline_is_allowed_by_its_hash() {
        let html = format!(
            "{POLICY}<style>p{{}}</style><script src=\"./a.js\"></script><script>f()</script>"
        );
        let sealed = seal(&html).unwrap();
        assert!(sealed.contains(&format!(
            "script-src 'self' {}; style-src 'self' {}; x",
            hash("f()"),
            hash("p{}")
        )));
    }

    // The hash as the standard defines it, from another implementation: `printf 'f()' | openssl dgst -sha256 -binary | base64`.
    #[test]
    fn a_hash_is_the_base64_of_sha256() {
        assert_eq!(
            hash("f()"),
            "'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='"
        );
    }

    #[test]
    fn what_no_hash_can_allow_is_refused() {
        for bad in [
            "<p style=\"color:red\">",
            "<button onclick=f()>",
            "<p class=a\nstyle='x'>",
        ] {
            let html = format!("{POLICY}<style>a</style><script>b</script>{bad}");
            assert!(
                seal(&html)
                    .unwrap_err()
                    .to_string()
                    .contains("which its own policy blocks"),
                "{bad}"
            );
        }
        let harmless = format!(
            "{POLICY}<style>a</style><script>if (a < b) {{ c.onclick=d; }}</script><p class=x>"
        );
        seal(&harmless).unwrap();
    }

    #[test]
    fn a_policy_without_a_place_for_hashes_is_refused() {
        seal("<meta content=\"script-src 'self'; style-src 'self'; x\"><script>f()</script>")
            .unwrap_err();
    }
}
