//! The static page around the app: the template's slots, and the rule that every address is relative.

use crate::failure::{Failure, Result};

/// What goes into the slots of `index.html`.
pub(super) struct Parts<'a> {
    pub(super) studies: &'a str,
    pub(super) critical_style: &'a str,
    pub(super) worked_answer: &'a str,
    pub(super) boot: &'a str,
    pub(super) stylesheet: &'a str,
}

/// Fills `<template data-slot="..."></template>`; every slot must stand in the template exactly once.
pub(super) fn fill(template: &str, parts: &Parts<'_>) -> Result<String> {
    let style = format!("<style>{}</style>", parts.critical_style);
    let mut html = without_comments(template);
    for (slot, content) in [
        ("studies", parts.studies),
        ("critical-style", style.as_str()),
        ("worked-answer", parts.worked_answer),
        ("boot", parts.boot),
        ("stylesheet", parts.stylesheet),
    ] {
        html = fill_one(&html, slot, content)?;
    }
    if html.contains("data-slot=") {
        return Err(Failure::new(
            "index.html has a slot that the build does not know",
        ));
    }
    Ok(html)
}

fn without_comments(template: &str) -> String {
    let mut kept = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before.trim_end());
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

fn fill_one(html: &str, slot: &str, content: &str) -> Result<String> {
    let mark = format!("<template data-slot=\"{slot}\"></template>");
    match html.split(&*mark).collect::<Vec<_>>().as_slice() {
        [before, after] => Ok([before, content, after].concat()),
        [_] => Err(Failure::new(format!("index.html has no slot `{slot}`"))),
        _ => Err(Failure::new(format!(
            "index.html has the slot `{slot}` more than once"
        ))),
    }
}

/// Fails where the page would only work at the root of a host, or ask another one: one `dist/` serves every path.
pub(super) fn check_urls(html: &str) -> Result<()> {
    if html.contains("<base") {
        return Err(Failure::new(
            "index.html has a <base>: the page would work under one path only",
        ));
    }
    for attribute in ["src", "href", "srcset", "poster", "data", "action"] {
        for value in attribute_values(html, attribute) {
            let loads_here = value.is_empty()
                || value.starts_with("./")
                || value.starts_with('#')
                || value.starts_with("data:");
            // A link that a person may follow is no request of the page.
            let followed =
                attribute == "href" && value.starts_with("https://") && is_anchor(html, value);
            if !loads_here && !followed {
                return Err(Failure::new(format!("index.html asks for {attribute}=\"{value}\"")).advice(
                    "Addresses in the page start with `./` or `#`; only an <a> may lead to another site, by https.",
                ));
            }
        }
    }
    Ok(())
}

/// Whether every tag that bears this address is a link to follow.
fn is_anchor(html: &str, value: &str) -> bool {
    html.match_indices(value).all(|(at, _)| {
        let before = html.get(..at).unwrap_or_default();
        let tag = before
            .rfind('<')
            .and_then(|start| before.get(start..))
            .unwrap_or_default();
        tag.starts_with("<a ") || !tag.contains("href=")
    })
}

/// The values of an attribute, quoted or not.
pub(super) fn attribute_values<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!(" {name}=");
    html.match_indices(&*mark)
        .filter_map(|(at, _)| html.get(at + mark.len()..))
        .filter_map(|rest| match rest.chars().next()? {
            quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next(),
            _ => rest.split([' ', '>', '\n']).next(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: Parts<'_> = Parts {
        studies: "<meta>",
        critical_style: "p{}",
        worked_answer: "<p>42</p>",
        boot: "<script>1</script>",
        stylesheet: "",
    };

    fn template(slots: &[&str]) -> String {
        let slot = |name: &&str| ["<template data-slot=\"", *name, "\"></template>"].concat();
        slots.iter().map(slot).collect()
    }

    #[test]
    fn every_slot_is_filled_once() {
        let slots = [
            "critical-style",
            "worked-answer",
            "boot",
            "stylesheet",
            "studies",
        ];
        assert_eq!(
            fill(&template(&slots), &PARTS).unwrap(),
            "<style>p{}</style><p>42</p><script>1</script><meta>"
        );
        assert!(
            fill(&template(&slots[1..]), &PARTS)
                .unwrap_err()
                .to_string()
                .contains("no slot `critical-style`")
        );
        let twice = template(&[
            "critical-style",
            "worked-answer",
            "boot",
            "stylesheet",
            "studies",
            "boot",
        ]);
        assert!(
            fill(&twice, &PARTS)
                .unwrap_err()
                .to_string()
                .contains("more than once")
        );
        let unknown = template(&[
            "critical-style",
            "worked-answer",
            "boot",
            "stylesheet",
            "studies",
            "other",
        ]);
        assert!(
            fill(&unknown, &PARTS)
                .unwrap_err()
                .to_string()
                .contains("does not know")
        );
    }

    #[test]
    fn only_relative_addresses_pass() {
        check_urls("<link href=\"./a.css\"><img src=data:,x><a href=\"https://docs.aws.amazon.com/\">x</a><a href='#x'>").unwrap();
        for bad in [
            "<script src=\"/a.js\"></script>",
            "<link rel=icon href=https://example.org/i.png>",
            "<img src=//example.org/i.png>",
            "<a href=\"http://example.org\">x</a>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<base href=\"./\">",
        ] {
            check_urls(bad).expect_err(bad);
        }
    }
}
