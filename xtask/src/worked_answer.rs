//! The worked answer of the page: what is readable before, and without, WebAssembly.

use berth_model::explain::{self, Sentence};
use berth_model::presets;
use berth_model::prices::PriceBook;
use berth_model::prices::embedded::US_EAST_1;
use berth_model::report::{OptionReport, ServiceAnswer, evaluate_service};
use berth_model::words;

use crate::failure::{Context as _, Result};

/// The answer for the page's own example, from the model, as an HTML fragment that stands under
/// the heading "A worked example".
pub(crate) fn worked_answer() -> Result<String> {
    let book = PriceBook::parse(US_EAST_1).context("the price book of us-east-1")?;
    let scenario = presets::example();
    let service = scenario.services.nearest(0);
    let answer = evaluate_service(&scenario, service, &book);
    let headline = explain::headline(service, &answer, &book);
    let reasons: Vec<String> = headline
        .reasons
        .iter()
        .map(|one| format!("<li>{}</li>", html(one)))
        .collect();
    let reasons = reasons.concat();
    Ok(format!(
        "<p>{}, in {}.</p>\n<p><strong>{}</strong></p>\n<ul>{reasons}</ul>\n{}\n<p>{}</p>",
        html(&explain::workload(service)),
        escaped(&book.region),
        html(&headline.sentence),
        table(&answer),
        escaped(&explain::not_included(&scenario, service)),
    ))
}

/// Every option with a bill, cheapest first.
fn table(answer: &ServiceAnswer) -> String {
    let mut priced: Vec<_> = answer
        .options
        .iter()
        .filter_map(|report| Some((report, OptionReport::deciding(report)?)))
        .collect();
    priced.sort_by_key(|(_, priced)| priced.total);
    let rows: Vec<String> = priced
        .into_iter()
        .map(|(report, priced)| {
            let date = priced
                .oldest_price
                .map_or_else(String::new, |date| date.to_string());
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{date}</td></tr>",
                escaped(&words::option(report.option)),
                escaped(&words::money_to_the_cent(priced.total)),
            )
        })
        .collect();
    let rows = rows.concat();
    format!(
        "<table><thead><tr><th scope=\"col\">Option</th><th scope=\"col\">A month</th>\
         <th scope=\"col\">Oldest price</th></tr></thead><tbody>{rows}</tbody></table>"
    )
}

fn html(sentence: &Sentence) -> String {
    escaped(&sentence.plain())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_has_an_answer_with_an_amount() {
        let html = worked_answer().unwrap();
        assert!(html.contains(" a month"), "{html}");
        assert!(
            html.contains("<tr><th scope=\"row\">Fargate on Arm, on-demand</th><td>$173.01</td>"),
            "{html}"
        );
    }
}
