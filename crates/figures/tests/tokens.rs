//! The page's style sheet and the figures speak of the same colours.

use std::path::Path;

use berth_figures::Palette;

#[test]
fn the_style_sheet_has_the_colours_of_both_palettes() {
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/style/10-tokens.css");
    let css = std::fs::read_to_string(sheet).unwrap();
    let (light, dark) = css
        .split_once("@media (prefers-color-scheme: dark)")
        .unwrap();
    for (part, palette) in [(light, Palette::LIGHT), (dark, Palette::DARK)] {
        for declaration in palette.css_variables().lines() {
            assert!(part.contains(declaration.trim()), "{declaration}");
        }
    }
}
