//! A near fit in words.

use super::Sentence;
use crate::inputs::InputId;
use crate::near_fit::Found;

/// A near fit, and the size that it proposes as inputs take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearFitWords {
    /// What it would save.
    pub sentence: Sentence,
    /// The vCPU of the smaller size.
    pub vcpu: String,
    /// Its memory, in GiB.
    pub memory: String,
}

impl NearFitWords {
    /// A found size in words.
    pub fn of(found: &Found) -> Self {
        Self {
            sentence: near_fit(found),
            vcpu: found.vcpu.to_string(),
            memory: found.memory.to_string(),
        }
    }
}

/// What a little less of a task would save: `Ask for 7 vCPU and 30 GiB instead of 8 and 32: EC2
/// on x86 then costs $1,203 a month less.`
pub fn near_fit(found: &Found) -> Sentence {
    let (vcpu, memory) = found.asked;
    let start = Sentence::default().text("Ask for ");
    let start = match (found.vcpu < vcpu, found.memory < memory) {
        (true, false) => start
            .text(format!("{} vCPU instead of ", found.vcpu))
            .input(InputId::Vcpu, vcpu.to_string()),
        (false, _) => start
            .text(format!("{} GiB instead of ", found.memory))
            .input(InputId::Memory, memory.to_string()),
        (true, true) => start
            .text(format!(
                "{} vCPU and {} GiB instead of ",
                found.vcpu, found.memory
            ))
            .input(InputId::Vcpu, vcpu.to_string())
            .text(" and ")
            .input(InputId::Memory, memory.to_string()),
    };
    let costs = start
        .text(": ")
        .option(found.after)
        .text(" then costs ")
        .money(found.saving)
        .text(" a month less");
    if found.after == found.before {
        costs.text(".")
    } else {
        costs.text(" than ").option(found.before).text(" does now.")
    }
}
