//! Types of an offer that the book does not have yet: taken where all that the model needs is stated.

use berth_model::money::{PER_USD, Rate};
use berth_model::platform::Arch;
use berth_model::prices::Gpus;
use berth_model::prices::eni::EniTable;

use super::ec2::Offered;
use crate::prices::eni::{family, size};
use crate::prices::figures::{Eni, Figures, Origin, Spec};

/// The offer's word for types with GPUs.
const WITH_GPUS: &str = "GPU instance";

/// The offer's words for types with other accelerators.
const WITH_ACCELERATORS: [&str; 3] = [
    "Machine Learning ASIC Instances",
    "FPGA Instances",
    "Media Accelerator Instances",
];

/// What a type offers, or why it is left out.
pub(super) fn spec(
    name: &str,
    offered: &Offered,
    figures: &Figures,
    eni: &EniTable,
    origin: &Origin,
) -> Result<Spec, &'static str> {
    let limits = eni.get(name).ok_or("no task limits in eni_limits.txt")?;
    let siblings = || {
        let of = family(name);
        figures
            .types
            .iter()
            .filter(move |(other, _)| family(other) == of)
            .map(|(_, spec)| spec)
    };
    let accelerator = siblings().find_map(|spec| spec.accelerator.clone());
    if WITH_ACCELERATORS.contains(&offered.family.as_str()) && accelerator.is_none() {
        return Err("the offer does not name its accelerator");
    }
    let burstable = family(name)
        .strip_prefix('t')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let vcpu = vcpu(offered).ok_or("no number of vCPU in the offer")?;
    let arch = arch(offered).ok_or("no known processor in the offer")?;
    if siblings().any(|spec| spec.arch != arch) {
        return Err("another architecture than its family has in the book");
    }
    Ok(Spec {
        arch,
        vcpu,
        memory_mib: memory_mib(offered).ok_or("no memory in whole MiB in the offer")?,
        burstable,
        bare_metal: size(name).starts_with("metal"),
        gpus: gpus(offered, siblings())?,
        accelerator,
        origin: origin.clone(),
        eni: Eni {
            without_trunking: limits.without_trunking,
            with_trunking: limits.with_trunking,
            origin: eni_origin(figures, limits.with_trunking.is_some())
                .ok_or("no source of task limits in the book")?,
        },
        managed_instances: siblings().any(|spec| spec.managed_instances)
            && vcpu > 1
            && !matches!(size(name), "nano" | "micro"),
    })
}

/// Where the offer says otherwise than the book of a type that the book has.
pub(super) fn contradiction(name: &str, offered: &Offered, spec: &Spec) -> Option<String> {
    let differs = [
        vcpu(offered)
            .filter(|&vcpu| vcpu != spec.vcpu)
            .map(|vcpu| format!("{vcpu} vCPU, the book {}", spec.vcpu)),
        memory_mib(offered)
            .filter(|&mib| mib != spec.memory_mib)
            .map(|mib| format!("{mib} MiB, the book {}", spec.memory_mib)),
        arch(offered)
            .filter(|&arch| arch != spec.arch)
            .map(|arch| format!("{}, the book {}", arch.id(), spec.arch.id())),
    ];
    let differs: Vec<String> = differs.into_iter().flatten().collect();
    (!differs.is_empty()).then(|| format!("{name}: the offer says {}", differs.join("; ")))
}

fn vcpu(offered: &Offered) -> Option<u16> {
    offered.vcpu.parse().ok().filter(|&vcpu| vcpu > 0)
}

/// Reads `1,952 GiB` or `0.5 GiB`.
fn memory_mib(offered: &Offered) -> Option<u32> {
    let gib = offered.memory.strip_suffix(" GiB")?.replace(',', "");
    let scaled = Rate::parse(&gib)?.ten_billionths().checked_mul(1024)?;
    let mib = u32::try_from(scaled / PER_USD).ok()?;
    (mib > 0 && scaled.is_multiple_of(PER_USD)).then_some(mib)
}

/// The processor's name says it; `64-bit` stands beside Graviton too.
fn arch(offered: &Offered) -> Option<Arch> {
    let makes = [
        ("AWS Graviton", Arch::Arm),
        ("Intel", Arch::X86),
        ("AMD", Arch::X86),
    ];
    let make = makes
        .iter()
        .find(|(make, _)| offered.processor.starts_with(make));
    make.filter(|_| offered.architecture.is_empty() || offered.architecture.contains("64-bit"))
        .map(|(_, arch)| *arch)
}

/// The offer counts GPUs and names no model: that, and its memory, come from other sizes of the family.
fn gpus<'s>(
    offered: &Offered,
    mut siblings: impl Iterator<Item = &'s Spec>,
) -> Result<Option<Gpus>, &'static str> {
    let stated = !matches!(offered.gpu.as_str(), "" | "0" | "NA");
    let known = siblings.find_map(|spec| spec.gpus.clone());
    if !stated && offered.family != WITH_GPUS && known.is_none() {
        return Ok(None);
    }
    let known = known.ok_or("the offer names no model of its GPUs")?;
    let count = offered.gpu.parse().ok().filter(|&count: &u8| count > 0);
    match count {
        Some(count) if known.count > 0 => Ok(Some(Gpus { count, ..known })),
        _ => Err("a fraction of a GPU, or no number of them in the offer"),
    }
}

/// The source that most task limits of the book come from, of types that trunk or of those that cannot.
fn eni_origin(figures: &Figures, trunks: bool) -> Option<Origin> {
    let mut counts: std::collections::BTreeMap<&Origin, usize> = std::collections::BTreeMap::new();
    for spec in figures.types.values() {
        if spec.eni.with_trunking.is_some() == trunks {
            *counts.entry(&spec.eni.origin).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(origin, _)| origin.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(memory: &str, processor: &str) -> Offered {
        Offered {
            memory: memory.to_owned(),
            processor: processor.to_owned(),
            architecture: "64-bit".to_owned(),
            ..Offered::default()
        }
    }

    #[test]
    fn memory_and_processors_are_read_as_the_offer_writes_them() {
        let memory = |text| memory_mib(&offered(text, ""));
        assert_eq!(memory("8 GiB"), Some(8_192));
        assert_eq!(memory("1,952 GiB"), Some(1_998_848));
        assert_eq!(memory("0.5 GiB"), Some(512));
        for text in ["NA", "", "8", "8 GB", "0 GiB", "0.0001 GiB"] {
            assert_eq!(memory(text), None, "{text}");
        }
        let arch = |text| arch(&offered("", text));
        assert_eq!(arch("AWS Graviton4 Processor"), Some(Arch::Arm));
        assert_eq!(arch("Intel Xeon 8375C (Ice Lake)"), Some(Arch::X86));
        assert_eq!(arch("AMD EPYC 9R14 Processor"), Some(Arch::X86));
        assert_eq!(arch("Apple M4"), None);
    }
}
