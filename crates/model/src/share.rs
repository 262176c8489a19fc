//! Links: a scenario and a view as the text of a URL fragment, and back.
//!
//! Version 1: `v=1`, then `key=value` pairs joined by `&`. Keys are the identifiers of
//! [`crate::inputs`]. Pairs before the first `name` belong to the scenario; each `name` begins a
//! service. A pair that is absent stands for the default of the *scenario file*, which never
//! changes within a version, so a link keeps its meaning when the page's own example changes.
//!
//! Links live for ever: what version 1 reads today it reads always (`tests/links`).

use std::fmt;

use crate::inputs::{self, FieldError, INPUTS, InputId, Scope};
use crate::money::Rate;
use crate::prices::key::PriceKey;
use crate::pricing::{MAX_OWN, OwnPrice};
use crate::scenario::{
    Daemon, EphemeralGib, Load, MAX_DAEMONS, MAX_SERVICES, Name, Region, Scenario, Service, Task,
    TaskCount,
};
use crate::units::{Gib, Vcpu};

mod percent;

/// The version that [`encode`] writes.
pub const VERSION: &str = "1";

/// Longest text that is read as a link, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Key of the service that a view shows, counted from 1.
const SHOWN: &str = "show";

/// Key of a daemon: vCPU, GiB, whether Fargate tasks carry it as a sidecar, and its name.
const DAEMON: &str = "daemon";

/// Key of an own price: region, name of the price, and the figure.
const OWN_PRICE: &str = "own";

/// What is shown of a scenario; not part of it and not undone with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Index of the service that is shown.
    pub service: usize,
}

/// Something in a link that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The text is too long to be a link.
    TooLong(usize),
    /// No version: not one of our links.
    NotALink,
    /// A version that this build does not know.
    UnknownVersion(String),
    /// A key that version 1 does not have.
    UnknownField(String),
    /// A value that its field does not take; the default stays.
    Field(FieldError),
    /// A field that stands twice; the last one counts.
    Twice(InputId),
    /// A text with a broken percent escape.
    BrokenEscape(String),
    /// A service without a field that it needs; this was taken instead.
    Absent(InputId, String),
    /// More services or daemons than a scenario holds.
    TooMany(&'static str, usize),
    /// A daemon that cannot be read.
    Daemon(String),
    /// A view of a service that is not there.
    NoSuchService(String),
    /// An own price that cannot be read.
    OwnPrice(String),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |text: &str| text.chars().take(40).collect::<String>();
        match self {
            Self::TooLong(bytes) => write!(
                f,
                "The link has {bytes} bytes; at most {MAX_BYTES} are read."
            ),
            Self::NotALink => write!(
                f,
                "The link does not say its version (v={VERSION}), so nothing of it was read."
            ),
            Self::UnknownVersion(version) => write!(
                f,
                "The link is of version “{}”; this page reads version {VERSION}. A newer page may read it.",
                short(version)
            ),
            Self::UnknownField(key) => {
                write!(f, "“{}” is not a field and was ignored.", short(key))
            }
            Self::Field(error) => error.fmt(f),
            Self::Twice(input) => {
                write!(
                    f,
                    "{} stands twice; the last one counts.",
                    input.input().label
                )
            }
            Self::BrokenEscape(text) => write!(
                f,
                "“{}” has a broken % escape and was ignored.",
                short(text)
            ),
            Self::Absent(input, taken) => {
                write!(
                    f,
                    "The link does not give {}; {taken} was taken.",
                    input.input().label
                )
            }
            Self::TooMany(what, most) => write!(
                f,
                "The link has more than {most} {what}; the rest was ignored."
            ),
            Self::Daemon(text) => write!(
                f,
                "The daemon “{}” cannot be read. Expected: vCPU~GiB~sidecar~name, with sidecar 1 or 0.",
                short(text)
            ),
            Self::OwnPrice(text) => write!(
                f,
                "The own price “{}” cannot be read. Expected: region~price~figure, the figure above 0 and at most {} dollars (a fee: 1).",
                short(text),
                crate::money::MAX_RATE_USD
            ),
            Self::NoSuchService(text) => {
                write!(
                    f,
                    "The link shows service “{}”, which it does not have; the first is shown.",
                    short(text)
                )
            }
        }
    }
}

/// What a link held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The scenario, with defaults for what could not be read; `None` where nothing could.
    pub scenario: Option<Scenario>,
    /// The view.
    pub view: View,
    /// What was ignored, and why.
    pub notices: Vec<Notice>,
}

/// The scenario file's defaults, which absent pairs stand for.
pub(crate) fn baseline() -> Scenario {
    Scenario::new(Region::us_east_1(), baseline_service())
}

/// The service that absent pairs stand for.
pub(crate) fn baseline_service() -> Service {
    let task = Task {
        vcpu: Vcpu::whole(1),
        memory: Gib::whole(2),
        ephemeral: EphemeralGib::default(),
        gpu: None,
    };
    let load = Load::Constant {
        tasks: TaskCount::default(),
    };
    Service::new(Name::unnamed(), task, load)
}

/// Fields that a service always states.
const REQUIRED: [InputId; 3] = [InputId::Vcpu, InputId::Memory, InputId::Tasks];

/// The fragment of a link (without the `#`).
pub fn encode(scenario: &Scenario, view: View) -> String {
    let mut link = format!("v={VERSION}");
    let mut baseline = baseline();
    let mut push = |key: &str, value: &str| {
        link.push('&');
        link.push_str(key);
        link.push('=');
        percent::encode(value, &mut link);
    };
    for input in stored(Scope::Scenario) {
        let value = inputs::get(scenario, 0, input);
        if let Some(value) = value
            && (input == InputId::Region
                || inputs::get(&baseline, 0, input).as_ref() != Some(&value))
        {
            push(input.id(), &value);
            // What depends on a switch is compared with what the switch brings along.
            if matches!(input, InputId::LoadBalancer | InputId::Estimate)
                && let Ok(switched) = inputs::set(&baseline, 0, input, &value)
            {
                baseline = switched;
            }
        }
    }
    for daemon in &scenario.fleet.daemons {
        let sidecar = u8::from(daemon.sidecar_on_fargate);
        let name = daemon.name.as_str();
        push(
            DAEMON,
            &format!("{}~{}~{sidecar}~{name}", daemon.vcpu, daemon.memory),
        );
    }
    for own in &scenario.pricing.own {
        let OwnPrice { region, key, rate } = own;
        push(OWN_PRICE, &format!("{}~{key}~{rate}", region.as_str()));
    }
    if view.service > 0 {
        push(SHOWN, &(view.service + 1).to_string());
    }
    for (index, service) in scenario.services.iter().enumerate() {
        push(InputId::Name.id(), service.name.as_str());
        // The baseline of the fields that depend on the kind of load is that kind's default.
        if let Some(plain) = baseline.services.get_mut(0) {
            *plain = baseline_service();
        }
        for input in stored(Scope::Service).filter(|&input| input != InputId::Name) {
            let Some(value) = inputs::get(scenario, index, input) else {
                continue;
            };
            if REQUIRED.contains(&input)
                || inputs::get(&baseline, 0, input).as_ref() != Some(&value)
            {
                push(input.id(), &value);
            }
            if matches!(input, InputId::Load | InputId::Gpu)
                && let Ok(with_kind) = inputs::set(&baseline, 0, input, &value)
            {
                baseline = with_kind;
            }
        }
    }
    link
}

fn stored(scope: Scope) -> impl Iterator<Item = InputId> {
    INPUTS
        .iter()
        .filter(move |input| input.stored && input.scope == scope)
        .map(|input| input.id)
}

/// Reads the fragment of a link. Never fails: what cannot be read is named in the notices.
pub fn decode(text: &str) -> Decoded {
    let mut decoded = Decoded {
        scenario: None,
        view: View::default(),
        notices: Vec::new(),
    };
    if text.len() > MAX_BYTES {
        decoded.notices.push(Notice::TooLong(text.len()));
        return decoded;
    }
    let pairs = read_pairs(text, &mut decoded.notices);
    match pairs.iter().find(|(key, _)| key == "v") {
        None => {
            decoded.notices.push(Notice::NotALink);
            return decoded;
        }
        Some((_, version)) if version != VERSION => {
            decoded
                .notices
                .push(Notice::UnknownVersion(version.clone()));
            return decoded;
        }
        Some(_) => {}
    }
    let mut reader = Reader {
        scenario: baseline(),
        notices: decoded.notices,
    };
    let mut groups = pairs
        .as_slice()
        .chunk_by(|_, (key, _)| key != InputId::Name.id());
    // The first group is the scenario's, unless the text begins with a name.
    let whole = groups.next().unwrap_or_default();
    let shown = reader.read_whole(whole);
    let mut count = 0;
    for group in groups {
        if count == MAX_SERVICES {
            reader
                .notices
                .push(Notice::TooMany("services", MAX_SERVICES));
            break;
        }
        reader.read_service(count, group);
        count += 1;
    }
    if count == 0 {
        for input in REQUIRED {
            reader.absent(0, input);
        }
    }
    if let Some(shown) = shown {
        match shown
            .parse::<usize>()
            .ok()
            .filter(|shown| (1..=reader.scenario.services.len()).contains(shown))
        {
            Some(shown) => decoded.view.service = shown - 1,
            None => reader.notices.push(Notice::NoSuchService(shown)),
        }
    }
    Decoded {
        scenario: Some(reader.scenario),
        view: decoded.view,
        notices: reader.notices,
    }
}

fn read_pairs(text: &str, notices: &mut Vec<Notice>) -> Vec<(String, String)> {
    let text = text.strip_prefix('#').unwrap_or(text);
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let read = percent::decode(key).zip(percent::decode(value));
            if read.is_none() {
                notices.push(Notice::BrokenEscape(pair.to_owned()));
            }
            read
        })
        .collect()
}

struct Reader {
    scenario: Scenario,
    notices: Vec<Notice>,
}

impl Reader {
    /// Reads the scenario's own pairs, and gives back what the view shows.
    fn read_whole(&mut self, pairs: &[(String, String)]) -> Option<String> {
        let mut shown = None;
        for (key, value) in pairs {
            match key.as_str() {
                "v" => {}
                SHOWN => shown = Some(value.clone()),
                DAEMON => self.read_daemon(value),
                OWN_PRICE => self.read_own_price(value),
                _ if known(key, Scope::Scenario) => {}
                _ => self.notices.push(Notice::UnknownField(key.clone())),
            }
        }
        self.set_all(0, Scope::Scenario, pairs);
        shown
    }

    fn read_daemon(&mut self, text: &str) {
        if self.scenario.fleet.daemons.len() == MAX_DAEMONS {
            self.notices.push(Notice::TooMany("daemons", MAX_DAEMONS));
            return;
        }
        let mut parts = text.splitn(4, '~');
        let daemon = (|| -> Option<Daemon> {
            let vcpu = Vcpu::parse(parts.next()?).ok()?;
            let memory = Gib::parse(parts.next()?).ok()?;
            let sidecar_on_fargate = match parts.next()? {
                "1" => true,
                "0" => false,
                _ => return None,
            };
            let name = Name::new(parts.next()?)?;
            let fits = vcpu <= Vcpu::whole(192) && memory <= Gib::whole(4096);
            fits.then_some(Daemon {
                name,
                vcpu,
                memory,
                sidecar_on_fargate,
            })
        })();
        match daemon {
            Some(daemon) => self.scenario.fleet.daemons.push(daemon),
            None => self.notices.push(Notice::Daemon(text.to_owned())),
        }
    }

    fn read_own_price(&mut self, text: &str) {
        let mut parts = text.splitn(3, '~');
        let own = (|| {
            Some(OwnPrice {
                region: Region::new(parts.next()?)?,
                key: PriceKey::parse(parts.next()?)?,
                rate: Rate::parse(parts.next()?)?,
            })
        })();
        let pricing = &mut self.scenario.pricing;
        match own.filter(|own| OwnPrice::fits(&own.key, own.rate)) {
            None => self.notices.push(Notice::OwnPrice(text.to_owned())),
            Some(own) => {
                if !pricing.set_own(own) {
                    self.notices.push(Notice::TooMany("own prices", MAX_OWN));
                }
            }
        }
    }

    /// Reads the pairs of one service.
    fn read_service(&mut self, index: usize, pairs: &[(String, String)]) {
        if index > 0 && self.scenario.services.push(baseline_service()).is_err() {
            return;
        }
        for (key, _) in pairs {
            if !known(key, Scope::Service) {
                self.notices.push(Notice::UnknownField(key.clone()));
            }
        }
        self.set_all(index, Scope::Service, pairs);
        for input in REQUIRED {
            if !pairs.iter().any(|(key, _)| key == input.id()) {
                self.absent(index, input);
            }
        }
    }

    fn absent(&mut self, index: usize, input: InputId) {
        let taken = inputs::get(&self.scenario, index, input).unwrap_or_default();
        self.notices.push(Notice::Absent(input, taken));
    }

    /// Sets what the pairs give, in the order of the registry and not of the text, so that an
    /// input comes after those that decide whether it applies.
    fn set_all(&mut self, index: usize, scope: Scope, pairs: &[(String, String)]) {
        for input in stored(scope) {
            let mut given = pairs
                .iter()
                .filter(|(key, _)| key == input.id())
                .map(|(_, value)| value);
            let Some(value) = given.next_back() else {
                continue;
            };
            if given.next().is_some() {
                self.notices.push(Notice::Twice(input));
            }
            match inputs::set(&self.scenario, index, input, value) {
                Ok(scenario) => self.scenario = scenario,
                Err(error) => self.notices.push(Notice::Field(error)),
            }
        }
    }
}

fn known(key: &str, scope: Scope) -> bool {
    stored(scope).any(|input| input.id() == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Problem;

    fn read(text: &str) -> (Scenario, Vec<Notice>) {
        let decoded = decode(text);
        (decoded.scenario.unwrap(), decoded.notices)
    }

    #[test]
    fn a_link_says_what_differs_from_the_file_format_and_what_is_required() {
        let (scenario, notices) = read("#v=1&region=us-east-1&name=api&vcpu=0.5&mem=1&tasks=12");
        assert_eq!(notices, []);
        assert_eq!(
            encode(&scenario, View::default()),
            "v=1&region=us-east-1&name=api&vcpu=0.5&mem=1&tasks=12"
        );
    }

    #[test]
    fn keys_are_read_in_any_order() {
        let (scenario, notices) = read("v=1&name=a&day-hours=8&tasks=3&load=schedule&mem=2&vcpu=1");
        assert_eq!(notices, []);
        assert!(matches!(
            scenario.services.nearest(0).load,
            Load::Schedule { .. }
        ));
    }

    #[test]
    fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
        let (scenario, notices) = read("v=1&colour=red&name=api&vcpu=none&mem=4&tasks=7&tasks=9");
        assert_eq!(scenario.services.nearest(0).load.tasks().get(), 9);
        assert_eq!(
            notices,
            [
                Notice::UnknownField("colour".into()),
                Notice::Field(FieldError {
                    input: InputId::Vcpu,
                    given: "none".into(),
                    problem: Problem::NotANumber
                }),
                Notice::Twice(InputId::Tasks),
            ]
        );
    }

    #[test]
    fn a_link_without_or_with_another_version_is_not_guessed_at() {
        assert_eq!(decode("region=us-east-1").notices, [Notice::NotALink]);
        let decoded = decode("v=2&name=api");
        assert_eq!(decoded.scenario, None);
        assert_eq!(decoded.notices, [Notice::UnknownVersion("2".into())]);
    }

    #[test]
    fn a_service_without_a_size_says_what_was_taken() {
        let (_, notices) = read("v=1&name=api&tasks=2");
        let words: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                "The link does not give vCPU; 1 was taken.",
                "The link does not give Memory; 2 was taken."
            ]
        );
    }

    #[test]
    fn the_service_that_is_shown_travels_with_the_link() {
        let text =
            "v=1&region=us-east-1&show=2&name=a&vcpu=1&mem=2&tasks=1&name=b&vcpu=2&mem=4&tasks=2";
        let decoded = decode(text);
        assert_eq!(decoded.view.service, 1);
        assert_eq!(encode(&decoded.scenario.unwrap(), decoded.view), text);
        assert_eq!(
            decode("v=1&show=3&name=a&vcpu=1&mem=2&tasks=1").notices,
            [Notice::NoSuchService("3".into())]
        );
    }
}
