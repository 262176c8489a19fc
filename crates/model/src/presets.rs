//! Scenarios to start from: the page's own example, and the three of the tutorial.

use crate::scenario::Scenario;
use crate::share;

/// A scenario to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Permanent identifier.
    pub id: &'static str,
    /// What people choose it by.
    pub label: &'static str,
    /// One sentence about it.
    pub about: &'static str,
    /// The scenario, as a link.
    link: &'static str,
}

/// The scenarios to start from; the first is the page's own example.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "api",
        label: "A small API",
        about: "Twelve small tasks around the clock, for either architecture.",
        link: "v=1&region=us-east-1&name=api&vcpu=0.5&mem=1&tasks=12",
    },
    Preset {
        id: "startup",
        label: "The startup",
        about: "Three developers and a variable load: two tasks at night, ten for the ten busiest hours of the day.",
        link: "v=1&region=us-east-1&name=InstantAI&arch=x86_64&vcpu=0.5&mem=1&load=schedule&tasks=10&idle=2&day-hours=10&days=7",
    },
    Preset {
        id: "ml",
        label: "The ML company",
        about: "Inference on four A10G GPUs around the clock, with a year's commitment at most.",
        link: "v=1&region=us-east-1&term=1y&name=inference&arch=x86_64&vcpu=40&mem=160&gpu=4&gpu-model=a10g&tasks=1",
    },
    Preset {
        id: "health",
        label: "The hybrid health application",
        about: "An API, GPU inference and hourly batches; two daemons on every instance, which Fargate does without.",
        link: "v=1&region=us-east-1&daemon=0.1~0.25~0~log%20collector&daemon=0.1~0.25~0~monitoring\
               &name=api&vcpu=0.5&mem=1&load=schedule&tasks=8&idle=2&day-hours=12&days=7\
               &name=inference&arch=x86_64&vcpu=3&mem=12&gpu=1&gpu-model=a10g&tasks=2\
               &name=batch&vcpu=2&mem=4&load=jobs&tasks=10&runs=24&minutes=12&spot=0.0.1",
    },
];

impl Preset {
    /// The preset with this identifier.
    pub fn from_id(id: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.id == id)
    }

    /// Its scenario.
    pub fn scenario(&self) -> Scenario {
        let decoded = share::decode(self.link);
        // A test reads every preset without a notice.
        decoded.scenario.unwrap_or_else(share::baseline)
    }
}

/// The scenario that the page opens with.
pub fn example() -> Scenario {
    PRESETS
        .first()
        .map_or_else(share::baseline, Preset::scenario)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_reads_without_a_notice() {
        for preset in PRESETS {
            let decoded = share::decode(preset.link);
            assert_eq!(decoded.notices, [], "{}", preset.id);
            assert!(decoded.scenario.is_some());
        }
        assert_eq!(PRESETS[3].scenario().services.len(), 3);
        assert_eq!(PRESETS[3].scenario().fleet.daemons.len(), 2);
    }
}
