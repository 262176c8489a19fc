//! What the painter asks of a backend.

use std::convert::Infallible;

use berth_figures::{Device, Figure, Size, Theme, WidthTable, paint};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::{fit, map, months, odds, states};

/// Counts calls and notes how far they reach.
#[derive(Default)]
struct Counter {
    calls: usize,
    texts: Vec<(String, f64)>,
    rects: Vec<(BackendCoord, BackendCoord)>,
}

type Painted = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Counter {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (0, 0)
    }

    fn ensure_prepared(&mut self) -> Painted {
        Ok(())
    }

    fn present(&mut self) -> Painted {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Painted {
        panic!("painted pixel by pixel");
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        _: &S,
        _: bool,
    ) -> Painted {
        self.calls += 1;
        self.rects.push((from, to));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        _: I,
        _: &S,
    ) -> Painted {
        self.calls += 1;
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, _: BackendCoord, _: u32, _: &S, _: bool) -> Painted {
        self.calls += 1;
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        _: I,
        _: &S,
    ) -> Painted {
        self.calls += 1;
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        words: &str,
        style: &S,
        _: BackendCoord,
    ) -> Painted {
        self.calls += 1;
        self.texts.push((words.to_owned(), style.size()));
        Ok(())
    }
}

fn painted(figure: &dyn Figure, pixel_ratio: f64) -> Counter {
    let scene = figure.layout(Size::new(720.0, 380.0), &WidthTable);
    let mut counter = Counter::default();
    paint(
        &scene,
        &Theme::LIGHT,
        Device::canvas(pixel_ratio),
        &mut counter,
    )
    .unwrap();
    counter
}

// A call costs a canvas about three microseconds at full speed, twelve at a quarter of it (measured
// in Chromium), so these bounds keep a figure under half of its 8 ms.
#[test]
fn the_usual_figures_take_few_calls() {
    let spend = painted(&states::spend(), 2.0).calls;
    assert!(spend <= 120, "{spend}");
    let curve = painted(&states::curve(), 2.0).calls;
    assert!(curve <= 320, "{curve}");
}

#[test]
fn everything_grows_with_the_pixel_ratio() {
    let (one, two) = (
        painted(&states::spend(), 1.0),
        painted(&states::spend(), 2.0),
    );
    assert_eq!(one.calls, two.calls);
    assert_eq!(two.rects[0], ((0, 0), (1440, 760)));
    for ((words, size), (_, doubled)) in one.texts.iter().zip(&two.texts) {
        assert!((doubled - 2.0 * size).abs() < 1e-9, "{words}");
    }
}

#[test]
fn hairlines_are_whole_pixels_at_any_ratio() {
    for (pixel_ratio, thickness) in [(0.5, 1), (1.0, 1), (1.25, 1), (1.5, 2), (2.0, 2), (3.0, 3)] {
        let counter = painted(&states::spend(), pixel_ratio);
        let has_rule = counter.rects.iter().any(|((left, top), (right, bottom))| {
            *left == 0 && *right > 300 && bottom - top == thickness
        });
        assert!(has_rule, "{pixel_ratio}");
    }
}

// A map of two inputs is hundreds of boxes where it is usual, and has no more than a call for each cell
// and each border at worst.
#[test]
fn figures_of_studies_take_few_calls() {
    let calls = |figure: &dyn Figure| painted(figure, 2.0).calls;
    let usual = calls(&map::map());
    assert!(usual <= 520, "{usual}");
    let six = calls(&map::map_of_six());
    assert!(six <= 420, "{six}");
    let others = [
        calls(&months::months()),
        calls(&odds::odds()),
        calls(&fit::fit()),
    ];
    assert!(others.iter().all(|&calls| calls <= 320), "{others:?}");
}
