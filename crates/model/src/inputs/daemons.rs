//! Daemons: adding, changing and removing them.

use super::part::{Part, PartError};
use super::{Kind, Problem, number, quantity};
use crate::scenario::{Daemon, MAX_DAEMONS, Name, Scenario};
use crate::units::{Gib, Vcpu};

/// What of a daemon is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DaemonPart {
    /// Its name.
    Name,
    /// Its vCPU.
    Vcpu,
    /// Its memory.
    Memory,
}

/// Smallest and largest vCPU of a daemon.
const VCPU: (&str, &str) = ("0", "192");

/// Smallest and largest memory of a daemon, in GiB.
const MEMORY: (&str, &str) = ("0", "4096");

static NAME: Part = Part {
    label: "Name of the daemon",
    unit: "",
    help: "",
    kind: Kind::Text(Name::MAX_CHARS),
};

static VCPU_PART: Part = Part {
    label: "vCPU of the daemon",
    unit: "vCPU",
    help: "",
    kind: number(VCPU.0, VCPU.1, "0.05"),
};

static MEMORY_PART: Part = Part {
    label: "Memory of the daemon",
    unit: "GiB",
    help: "",
    kind: number(MEMORY.0, MEMORY.1, "0.125"),
};

/// There are as many daemons as there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A scenario holds at most {MAX_DAEMONS} daemons.")]
pub struct TooManyDaemons;

impl DaemonPart {
    /// The parts, in the order in which people read them.
    pub const ALL: [Self; 3] = [Self::Name, Self::Vcpu, Self::Memory];

    /// How it is called and what it takes.
    pub fn part(self) -> &'static Part {
        match self {
            Self::Name => &NAME,
            Self::Vcpu => &VCPU_PART,
            Self::Memory => &MEMORY_PART,
        }
    }

    /// The present text; `None` where there is no such daemon.
    pub fn get(self, scenario: &Scenario, index: usize) -> Option<String> {
        let daemon = scenario.fleet.daemons.get(index)?;
        Some(match self {
            Self::Name => daemon.name.as_str().to_owned(),
            Self::Vcpu => daemon.vcpu.to_string(),
            Self::Memory => daemon.memory.to_string(),
        })
    }

    /// The scenario with this part of a daemon set from text.
    pub fn set(self, scenario: &Scenario, index: usize, text: &str) -> Result<Scenario, PartError> {
        let mut changed = scenario.clone();
        self.apply(changed.fleet.daemons.get_mut(index), text.trim())
            .map_err(|problem| PartError::new(self.part(), text, problem))?;
        Ok(changed)
    }

    fn apply(self, daemon: Option<&mut Daemon>, text: &str) -> Result<(), Problem> {
        let daemon = daemon.ok_or(Problem::DoesNotApply)?;
        match self {
            Self::Name => daemon.name = Name::new(text).ok_or(Problem::NotAName)?,
            Self::Vcpu => daemon.vcpu = quantity(text, VCPU, Vcpu::parse)?,
            Self::Memory => daemon.memory = quantity(text, MEMORY, Gib::parse)?,
        }
        Ok(())
    }
}

/// The scenario with another small daemon, under a name of its own.
pub fn add(scenario: &Scenario) -> Result<Scenario, TooManyDaemons> {
    let mut changed = scenario.clone();
    let daemons = &mut changed.fleet.daemons;
    if daemons.len() >= MAX_DAEMONS {
        return Err(TooManyDaemons);
    }
    let taken: Vec<&Name> = daemons.iter().map(|daemon| &daemon.name).collect();
    let name = Name::new("daemon").unwrap_or_else(Name::unnamed);
    let daemon = Daemon {
        name: name.apart_from(&taken),
        vcpu: Vcpu::from_cpu_units(128).unwrap_or_default(),
        memory: Gib::from_mib(256).unwrap_or_default(),
        sidecar_on_fargate: true,
    };
    daemons.push(daemon);
    Ok(changed)
}

/// The scenario without a daemon.
pub fn remove(scenario: &Scenario, index: usize) -> Scenario {
    let mut changed = scenario.clone();
    if index < changed.fleet.daemons.len() {
        changed.fleet.daemons.remove(index);
    }
    changed
}

/// The scenario with a daemon carried by each Fargate task, or not.
pub fn set_sidecar(scenario: &Scenario, index: usize, carried: bool) -> Scenario {
    let mut changed = scenario.clone();
    if let Some(daemon) = changed.fleet.daemons.get_mut(index) {
        daemon.sidecar_on_fargate = carried;
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets;
    use crate::share::{self, View};

    #[test]
    fn daemons_are_added_changed_and_removed_and_links_hold_them() {
        let two = add(&add(&presets::example()).unwrap()).unwrap();
        let mut changed = two;
        for (part, text) in [
            (DaemonPart::Name, " log~collector "),
            (DaemonPart::Vcpu, "0,1"),
            (DaemonPart::Memory, "0.5"),
        ] {
            changed = part.set(&changed, 0, text).unwrap();
        }
        changed = set_sidecar(&changed, 1, false);
        let texts: Vec<_> = DaemonPart::ALL
            .iter()
            .filter_map(|part| part.get(&changed, 0))
            .collect();
        assert_eq!(texts, ["log~collector", "0.1", "0.5"]);
        assert_eq!(DaemonPart::Name.get(&changed, 1).unwrap(), "daemon 2");
        let decoded = share::decode(&share::encode(&changed, View::default()));
        assert_eq!(decoded.notices, []);
        assert_eq!(decoded.scenario.as_ref(), Some(&changed));
        let one = remove(&changed, 0);
        assert_eq!(DaemonPart::Name.get(&one, 0).unwrap(), "daemon 2");
        assert!(!one.fleet.daemons[0].sidecar_on_fargate);
        assert_eq!(remove(&one, 1), one);
    }

    #[test]
    fn what_does_not_fit_is_explained_and_ten_are_the_most() {
        let one = add(&presets::example()).unwrap();
        for (part, text, said) in [
            (
                DaemonPart::Vcpu,
                "lots",
                "vCPU of the daemon: “lots” is not a number. Allowed: 0 to 192 vCPU.",
            ),
            (
                DaemonPart::Memory,
                "5000",
                "Memory of the daemon: 5000 is out of range. Allowed: 0 to 4096 GiB.",
            ),
            (
                DaemonPart::Name,
                " ",
                "Name of the daemon is empty. Allowed: 1 to 40 characters.",
            ),
        ] {
            assert_eq!(part.set(&one, 0, text).unwrap_err().to_string(), said);
        }
        let mut scenario = one;
        for _ in 1..MAX_DAEMONS {
            scenario = add(&scenario).unwrap();
        }
        assert_eq!(add(&scenario), Err(TooManyDaemons));
        let beyond = DaemonPart::Vcpu.set(&scenario, 10, "1").unwrap_err();
        assert_eq!(beyond.problem(), &Problem::DoesNotApply);
    }
}
