//! Colours: the one place where an accent or an ink gets its value.
//!
//! The palettes hold, in both themes and for every pair of accents, the bars that the tests
//! compute: a contrast of at least 3 to the ground, and a distance of at least 10 (in Oklab,
//! times 100) as seen with normal, protan, deutan and tritan vision.

use std::{borrow::Cow, fmt::Write as _};

use crate::{
    accent::Accent,
    cast,
    scene::{Ink, Shade},
};

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// The colour as style sheets write it, such as `#14161a`.
    pub fn hex(self) -> String {
        let Self(red, green, blue) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// This colour laid over `ground` with a share of 0 to 1.
    fn over(self, ground: Self, share: f64) -> Self {
        let mix = |top: u8, below: u8| {
            cast::to_u8((f64::from(top) * share + f64::from(below) * (1.0 - share)).round())
        };
        Self(
            mix(self.0, ground.0),
            mix(self.1, ground.1),
            mix(self.2, ground.2),
        )
    }
}

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The ground.
    pub surface: Rgb,
    /// A row or area that stands out quietly.
    pub band: Rgb,
    /// What is read first.
    pub text: Rgb,
    /// What is read second.
    pub muted: Rgb,
    /// Hairlines.
    pub grid: Rgb,
    /// Fargate.
    pub fargate: Rgb,
    /// Fargate with a Spot share.
    pub fargate_spot: Rgb,
    /// EC2.
    pub ec2: Rgb,
    /// EC2 with a Spot share.
    pub ec2_spot: Rgb,
    /// Managed Instances.
    pub managed: Rgb,
    /// Managed Instances on Spot.
    pub managed_spot: Rgb,
    /// None of the options.
    pub neutral: Rgb,
}

impl Palette {
    /// Dark on light.
    pub const LIGHT: Self = Self {
        surface: Rgb(0xff, 0xff, 0xff),
        band: Rgb(0xf3, 0xf2, 0xee),
        text: Rgb(0x1b, 0x1d, 0x21),
        muted: Rgb(0x5c, 0x61, 0x68),
        grid: Rgb(0xdd, 0xde, 0xe0),
        fargate: Rgb(0x27, 0x35, 0x93),
        fargate_spot: Rgb(0x68, 0x84, 0xec),
        ec2: Rgb(0xa2, 0x4a, 0x0a),
        ec2_spot: Rgb(0xd5, 0x69, 0x18),
        managed: Rgb(0x6b, 0x0a, 0x4c),
        managed_spot: Rgb(0xae, 0x7e, 0x9e),
        neutral: Rgb(0x61, 0x66, 0x6c),
    };

    /// Light on dark.
    pub const DARK: Self = Self {
        surface: Rgb(0x14, 0x16, 0x1a),
        band: Rgb(0x20, 0x23, 0x29),
        text: Rgb(0xec, 0xed, 0xef),
        muted: Rgb(0xa3, 0xa8, 0xb0),
        grid: Rgb(0x34, 0x38, 0x3f),
        fargate: Rgb(0x3c, 0x67, 0xe1),
        fargate_spot: Rgb(0x6a, 0xb2, 0xff),
        ec2: Rgb(0xd2, 0x54, 0x12),
        ec2_spot: Rgb(0xf4, 0x98, 0x29),
        managed: Rgb(0x9b, 0x59, 0x8a),
        managed_spot: Rgb(0xfc, 0xc3, 0xcb),
        neutral: Rgb(0x96, 0x9b, 0xa2),
    };

    /// The colour of an accent.
    pub const fn accent(&self, accent: Accent) -> Rgb {
        match accent {
            Accent::Fargate => self.fargate,
            Accent::FargateSpot => self.fargate_spot,
            Accent::Ec2 => self.ec2,
            Accent::Ec2Spot => self.ec2_spot,
            Accent::Managed => self.managed,
            Accent::ManagedSpot => self.managed_spot,
            Accent::Neutral => self.neutral,
        }
    }

    /// The colour of an ink.
    pub fn color(&self, ink: Ink) -> Rgb {
        match ink {
            Ink::Surface => self.surface,
            Ink::Band => self.band,
            Ink::Text => self.text,
            Ink::Muted => self.muted,
            Ink::Grid => self.grid,
            Ink::Accent(accent, shade) => {
                let strength = match shade {
                    Shade::Full => 1.0,
                    Shade::Mid => 0.62,
                    Shade::Soft => 0.34,
                    Shade::Faint => 0.12,
                };
                self.accent(accent).over(self.surface, strength)
            }
        }
    }

    /// The palette as declarations of custom properties, one a line: `--figure-surface` and the
    /// like, then `--accent-fargate` and the like.
    pub fn css_variables(&self) -> String {
        let grounds = [
            ("surface", self.surface),
            ("band", self.band),
            ("text", self.text),
            ("muted", self.muted),
            ("grid", self.grid),
        ];
        let mut css = String::new();
        for (name, color) in grounds {
            // Writing into a string cannot fail.
            let _ = writeln!(css, "--figure-{name}: {};", color.hex());
        }
        for accent in Accent::ALL {
            let _ = writeln!(
                css,
                "--accent-{}: {};",
                accent.css_name(),
                self.accent(accent).hex()
            );
        }
        css
    }
}

/// What a painter needs to know beyond the scene: colours and the font family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// The font family, in the syntax of CSS.
    pub family: Cow<'static, str>,
}

/// The fonts of the system, in the order in which they are looked for.
pub const SYSTEM_FONTS: &str =
    "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif";

impl Theme {
    /// Dark on light, in the system's font.
    pub const LIGHT: Self = Self {
        palette: Palette::LIGHT,
        family: Cow::Borrowed(SYSTEM_FONTS),
    };

    /// Light on dark, in the system's font.
    pub const DARK: Self = Self {
        palette: Palette::DARK,
        family: Cow::Borrowed(SYSTEM_FONTS),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast of an accent to its ground, by WCAG 2.2.
    const LEAST_ACCENT_CONTRAST: f64 = 3.0;
    /// Contrast of words to their ground.
    const LEAST_TEXT_CONTRAST: f64 = 4.5;
    /// Distance of two accents in Oklab, times 100.
    const LEAST_DISTANCE: f64 = 10.0;

    type Linear = [f64; 3];
    type Matrix = [Linear; 3];

    /// Vision of full dichromats, in linear sRGB (Machado, Oliveira and Fernandes 2009, severity 1).
    const VISIONS: [(&str, Matrix); 4] = [
        (
            "normal",
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        ),
        (
            "protan",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deutan",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritan",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    fn linear(Rgb(red, green, blue): Rgb) -> Linear {
        [red, green, blue].map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn times(matrix: &Matrix, vector: Linear) -> Linear {
        matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let luminance = |color| {
            let [red, green, blue] = linear(color);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn oklab(color: Linear) -> Linear {
        let cones = times(
            &[
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            color.map(|channel| cast::within(channel, 0.0, 1.0)),
        );
        times(
            &[
                [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
            ],
            cones.map(f64::cbrt),
        )
    }

    fn distance(one: Rgb, other: Rgb, vision: &Matrix) -> f64 {
        let seen = |color| oklab(times(vision, linear(color)));
        let squares = seen(one)
            .into_iter()
            .zip(seen(other))
            .map(|(a, b)| (a - b).powi(2));
        100.0 * squares.sum::<f64>().sqrt()
    }

    /// Each palette with the grounds it may stand on: its own, and those of panels.
    fn palettes() -> [(Palette, Vec<Rgb>); 2] {
        [
            (
                Palette::LIGHT,
                vec![Palette::LIGHT.surface, Rgb(0xfb, 0xfa, 0xf8)],
            ),
            (
                Palette::DARK,
                vec![Palette::DARK.surface, Rgb(0x1c, 0x1f, 0x24)],
            ),
        ]
    }

    #[test]
    fn accents_stand_out_from_every_ground() {
        for (palette, grounds) in palettes() {
            for accent in Accent::ALL {
                for &ground in &grounds {
                    let contrast = contrast(palette.accent(accent), ground);
                    assert!(
                        contrast >= LEAST_ACCENT_CONTRAST,
                        "{accent:?} on {}: {contrast:.2}",
                        ground.hex()
                    );
                }
            }
        }
    }

    #[test]
    fn words_are_readable_on_every_ground() {
        for (palette, mut grounds) in palettes() {
            grounds.push(palette.band);
            for &ground in &grounds {
                for ink in [palette.text, palette.muted] {
                    assert!(
                        contrast(ink, ground) >= LEAST_TEXT_CONTRAST,
                        "{}",
                        ink.hex()
                    );
                }
            }
        }
    }

    #[test]
    fn accents_are_told_apart_with_any_colour_vision() {
        for (palette, _) in palettes() {
            for (index, one) in Accent::ALL.into_iter().enumerate() {
                for &other in &Accent::ALL[index + 1..] {
                    for (vision, matrix) in &VISIONS {
                        let distance = distance(palette.accent(one), palette.accent(other), matrix);
                        assert!(
                            distance >= LEAST_DISTANCE,
                            "{one:?} and {other:?}, {vision}: {distance:.1}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_style_sheet_names_every_colour() {
        insta::assert_snapshot!(Palette::LIGHT.css_variables(), @"
        --figure-surface: #ffffff;
        --figure-band: #f3f2ee;
        --figure-text: #1b1d21;
        --figure-muted: #5c6168;
        --figure-grid: #dddee0;
        --accent-fargate: #273593;
        --accent-fargate-spot: #6884ec;
        --accent-ec2: #a24a0a;
        --accent-ec2-spot: #d56918;
        --accent-managed: #6b0a4c;
        --accent-managed-spot: #ae7e9e;
        --accent-neutral: #61666c;
        ");
    }
}
