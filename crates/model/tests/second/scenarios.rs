//! Scenarios by number: the same seed and number give the same scenario on every machine.

use berth_model::money::Rate;
use berth_model::needs::Need;
use berth_model::platform::{Arch, ArchChoice, Os};
use berth_model::prices::key::PriceKey;
use berth_model::prices::{Adjacent, FargateDimension, PriceBook};
use berth_model::pricing::{OwnPrice, Percent};
use berth_model::purchase::{Commitment, CommitmentKind, Payment, PriceKind, Term};
use berth_model::scenario::{
    Daemon, DaysPerWeek, Egress, EphemeralGib, FamilyName, FleetSettings, GbPerMonth, GpuModel,
    GpuRequest, HeadroomTasks, HoursPerDay, HoursPerMonth, IdleTasks, ImagePullSeconds, Lines,
    Load, LoadBalancerUnits, MaxCommitment, MinInstances, MinZones, Name, NetworkMode, Overcommit,
    Places, Region, ReservedMemoryMib, RunMilliminutes, RunsPerDay, Scenario, Service, Sizing,
    TargetCapacity, Task, TaskCount, TaskFactor, TaskFactors, Traffic, TypeName, WeekHours,
};
use berth_model::strategy::Strategy;
use berth_model::units::{Gib, GpuCount, Vcpu};

/// A stream of numbers without a pattern (`SplitMix64`).
pub(crate) struct Stream(u64);

impl Stream {
    /// The stream of a seed and a number.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut stream = Self(seed);
        let start = stream.next();
        Self(start ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    fn number<T: TryFrom<u64>>(&mut self, low: u64, high: u64) -> T {
        let number = T::try_from(self.within(low, high)).ok();
        number.expect("a bound of the number's type")
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.within(1, 100) <= percent
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        let last = u64::try_from(choices.len() - 1).expect("a short list");
        choices[self.number::<usize>(0, last)]
    }

    /// Mostly few, sometimes many.
    fn few(&mut self) -> u64 {
        match self.within(1, 20) {
            1..=6 => self.within(1, 5),
            7..=13 => self.within(1, 40),
            14..=18 => self.within(1, 400),
            19 => self.within(1, 5_000),
            _ => self.of(&[1, 10, 11, 100, 1_000, 99_999, 100_000]),
        }
    }
}

/// A scenario for one of the books, and which.
pub(crate) fn scenario(stream: &mut Stream, books: &[PriceBook]) -> (usize, Scenario) {
    let book_index = if stream.percent(55) {
        let place = books.iter().position(|book| &*book.region == "us-east-1");
        place.expect("a book of us-east-1")
    } else {
        stream.number(0, u64::try_from(books.len() - 1).expect("a short list"))
    };
    let book = &books[book_index];
    let region = Region::new(&book.region).expect("a region's code");
    let mut scenario = Scenario::new(region, service(stream, book));
    scenario.hours_per_month = HoursPerMonth::new(match stream.within(1, 10) {
        1..=5 => 730,
        6 | 7 => 720,
        8 => 744,
        9 => 1,
        _ => stream.number(1, 744),
    })
    .expect("a month");
    scenario.max_commitment = stream.of(MaxCommitment::ALL);
    scenario.ebs = stream.percent(55);
    scenario.lines = lines(stream);
    scenario.fleet = fleet(stream, book);
    if stream.percent(25) {
        let hundredths = stream.within(1, 9_999);
        let hundredths = stream.of(&[500, 1_000, 2_500, hundredths]);
        scenario.pricing.discount = u16::try_from(hundredths)
            .ok()
            .and_then(Percent::from_hundredths)
            .expect("a percentage");
    }
    if stream.percent(25) {
        for _ in 0..stream.within(1, 5) {
            own_price(stream, book, &mut scenario);
        }
    }
    if stream.percent(25) {
        scenario.task_factors = TaskFactors {
            x86: factor(stream),
            arm: factor(stream),
        };
    }
    scenario.sizing = stream.of(Sizing::ALL);
    (book_index, scenario)
}

fn factor(stream: &mut Stream) -> TaskFactor {
    let any = stream.number(100, 10_000);
    TaskFactor::new(stream.of(&[1_000, 1_001, 999, 500, 1_200, any])).expect("a factor")
}

fn lines(stream: &mut Stream) -> Lines {
    let egress = if stream.percent(45) {
        Egress::None
    } else {
        stream.of(&[Egress::Nat, Egress::Public, Egress::Endpoints, Egress::Nat])
    };
    let units = stream.of(&[0, 1, 3, 100]);
    Lines {
        egress,
        load_balancer: stream
            .percent(15)
            .then(|| LoadBalancerUnits::new(units).expect("units")),
    }
}

fn vcpu(grains: u64) -> Vcpu {
    // Whole CPU units: 125 grains each.
    let units = (grains / 125).clamp(11, 192 * 1_024);
    Vcpu::from_cpu_units(u32::try_from(units).expect("clamped")).expect("in range")
}

fn mib(count: u64) -> Gib {
    let count = count.clamp(11, 4_096 * 1_024);
    // The largest whole number of MiB that is counted in 32 bits is above 4,096 GiB.
    Gib::from_mib(u32::try_from(count).expect("clamped")).expect("in range")
}

/// A task's size: like those of Fargate, or a part of an instance, exactly or nearly.
fn size(stream: &mut Stream, book: &PriceBook) -> (Vcpu, Gib) {
    match stream.within(1, 10) {
        1..=4 => {
            let quarters = stream.of(&[1_u64, 2, 4, 8, 16, 32, 64, 128]);
            let mib_each = stream.of(&[1_024_u64, 2_048, 3_072, 4_096, 7_680, 8_192]);
            (vcpu(quarters * 32_000), mib(quarters * mib_each / 4))
        }
        5..=8 => {
            let last = u64::try_from(book.types.len() - 1).expect("a short list");
            let instance = &book.types[stream.number::<usize>(0, last)];
            let parts = stream.of(&[1_u64, 1, 2, 2, 3, 4, 7, 8, 16]);
            let reserved = stream.of(&[0, 256]);
            let room = (u64::from(instance.memory_mib) * 97 / 100).saturating_sub(reserved);
            let near = stream.of(&[0_u64, 0, 1, 2]);
            let memory = (room / parts + near).saturating_sub(stream.of(&[0, 1]));
            let grains = u64::from(instance.vcpu) * 128_000 / parts;
            let grains = grains + 125 * stream.of(&[0_u64, 0, 0, 1]);
            (vcpu(grains), mib(memory))
        }
        _ => {
            let thousandths: u64 = stream.within(10, 4_000);
            let vcpu = Vcpu::parse(&thousandths_text(thousandths)).expect("in range");
            let thousandths: u64 = stream.within(10, 20_000);
            let memory = Gib::parse(&thousandths_text(thousandths)).expect("in range");
            (vcpu, memory)
        }
    }
}

fn thousandths_text(count: u64) -> String {
    format!("{}.{:03}", count / 1_000, count % 1_000)
}

fn service(stream: &mut Stream, book: &PriceBook) -> Service {
    let (vcpu, memory) = size(stream, book);
    let ephemeral = match stream.within(1, 10) {
        1..=6 => 20,
        7 => 21,
        8 => stream.of(&[200, 201]),
        9 => stream.number(20, 200),
        _ => stream.number(201, 16_384),
    };
    let gpu = stream.percent(12).then(|| {
        let eighths = stream.of(&[8, 8, 8, 16, 32, 64, 1, 2, 4]);
        let model = stream.of(&["a10g", "L4", "t4", "v100", "h100", "t4g", "none-such"]);
        GpuRequest {
            count: GpuCount::from_eighths(eighths).expect("a count"),
            model: stream
                .percent(40)
                .then(|| GpuModel::new(model).expect("a name")),
        }
    });
    let task = Task {
        vcpu,
        memory,
        ephemeral: EphemeralGib::new(ephemeral).expect("in range"),
        gpu,
    };
    let mut service = Service::new(Name::unnamed(), task, load(stream));
    if stream.percent(12) {
        service.os = Os::Windows;
    }
    service.arch = stream.of(&[
        ArchChoice::Either,
        ArchChoice::Either,
        ArchChoice::X86,
        ArchChoice::Arm,
    ]);
    if stream.percent(65) {
        service.spot = Some(strategy(stream));
    }
    if stream.percent(18) {
        for _ in 0..stream.within(1, 2) {
            let need = stream.of(Need::ALL);
            service.needs = service.needs.with(need, true);
        }
    }
    let gigabytes = |stream: &mut Stream, percent| {
        let count = stream.of(&[1, 100, 12_345]);
        let count = if stream.percent(percent) { count } else { 0 };
        GbPerMonth::new(count).expect("in range")
    };
    service.traffic = Traffic {
        image: match stream.within(1, 4) {
            1 => mib(stream.of(&[512, 1_024, 1_536, 333])),
            _ => Gib::ZERO,
        },
        egress: gigabytes(stream, 30),
        cross_zone: gigabytes(stream, 10),
        logs: gigabytes(stream, 10),
    };
    if stream.percent(25) {
        let count = stream.few().min(1_000);
        service.headroom =
            HeadroomTasks::new(u32::try_from(count).expect("few")).expect("in range");
    }
    if stream.percent(15) {
        let all: Vec<_> = Places::ALL.iter().filter(|_| stream.percent(60)).collect();
        service.places = Places::new(all).unwrap_or_default();
    }
    service
}

fn strategy(stream: &mut Stream) -> Strategy {
    let base = match stream.within(1, 3) {
        1 => stream.within(1, 12),
        2 => 0,
        _ => stream.of(&[0, 1, 2, 100_000]),
    };
    let any = stream.number(0, 1_000);
    let on_demand = stream.of(&[0_u16, 1, 1, 2, 3, 50, any]);
    let any = stream.number(0, 1_000);
    let spot = stream.of(&[0_u16, 1, 1, 3, 4, 50, any]);
    let base = u32::try_from(base).expect("a base");
    Strategy::new(base, on_demand, spot)
        .or(Strategy::new(base, 1, 1))
        .expect("a strategy")
}

fn count(stream: &mut Stream) -> TaskCount {
    let count = u32::try_from(stream.few()).expect("few");
    TaskCount::new(count).expect("in range")
}

fn load(stream: &mut Stream) -> Load {
    match stream.within(1, 20) {
        1..=6 => Load::Constant {
            tasks: count(stream),
        },
        7..=12 => {
            let idle = match stream.within(1, 3) {
                1 => 0,
                2 => stream.within(0, 3),
                _ => stream.few(),
            };
            Load::Schedule {
                tasks: count(stream),
                idle_tasks: IdleTasks::new(u32::try_from(idle).expect("few")).expect("in range"),
                hours_per_day: HoursPerDay::new(stream.number(1, 24)).expect("in range"),
                days_per_week: DaysPerWeek::new(stream.number(1, 7)).expect("in range"),
            }
        }
        13..=15 => Load::Week(week(stream)),
        _ => {
            let runs = stream.number(1, 10_000);
            let minutes = stream.number(1, 20_160_000);
            let short = stream.number(1, 100_000);
            let tasks = u32::try_from(stream.few().min(500)).expect("few");
            Load::Jobs {
                runs_per_day: RunsPerDay::new(stream.of(&[1, 1, 2, 10, 24, 24, 72, 100, runs]))
                    .expect("in range"),
                tasks: TaskCount::new(tasks).expect("in range"),
                minutes: RunMilliminutes::new(stream.of(&[
                    10_000, 10_000, 500, 40_000, 100_000, 1_440_000, short, short, minutes,
                ]))
                .expect("in range"),
                image_pull: ImagePullSeconds::new(stream.of(&[30, 30, 0, 61, 3_600]))
                    .expect("in range"),
            }
        }
    }
}

fn week(stream: &mut Stream) -> WeekHours {
    let few = stream.few();
    let mut hours = vec![0_u32; 168];
    match stream.within(1, 8) {
        // A new count in every hour.
        1 => {
            for hour in &mut hours {
                *hour = stream.number(0, few);
            }
        }
        // One hour alone.
        2 => hours[stream.number::<usize>(0, 167)] = u32::try_from(few).expect("few"),
        // Some counts, each for a while.
        _ => {
            let mut hour = 0;
            while hour < 168 {
                let until = (hour + stream.number::<usize>(1, 60)).min(168);
                let tasks = if stream.percent(20) {
                    0
                } else {
                    stream.number(0, few)
                };
                hours[hour..until].fill(tasks);
                hour = until;
            }
        }
    }
    if hours.iter().all(|&tasks| tasks == 0) {
        hours[stream.number::<usize>(0, 167)] = 1;
    }
    WeekHours::new(&hours).expect("a week")
}

fn fleet(stream: &mut Stream, book: &PriceBook) -> FleetSettings {
    let mut fleet = FleetSettings {
        min_zones: MinZones::new(stream.of(&[1, 1, 2, 2, 2, 3, 3, 4, 5, 6])).expect("in range"),
        min_instances: MinInstances::new(stream.of(&[0, 1, 2, 2, 2, 3, 5, 20, 100]))
            .expect("in range"),
        bare_metal: stream.percent(15),
        network: stream.of(&[
            NetworkMode::Awsvpc,
            NetworkMode::Awsvpc,
            NetworkMode::Bridge,
            NetworkMode::Host,
        ]),
        eni_trunking: stream.percent(65),
        ..FleetSettings::default()
    };
    let any = stream.number(1, 100);
    let target = stream.of(&[100, 100, 100, 100, 80, 99, 70, 1, any]);
    fleet.target_capacity = TargetCapacity::new(target).expect("in range");
    let any = stream.number(0, 65_536);
    let reserved = stream.of(&[256, 256, 256, 0, 512, 1, any]);
    fleet.reserved_memory = ReservedMemoryMib::new(reserved).expect("in range");
    if stream.percent(20) {
        for _ in 0..stream.within(1, 3) {
            fleet.daemons.push(Daemon {
                name: Name::unnamed(),
                vcpu: vcpu(125 * stream.of(&[11_u64, 64, 100, 256, 1_024])),
                memory: mib(stream.of(&[64, 128, 256, 333, 2_048])),
                sidecar_on_fargate: stream.percent(60),
            });
        }
    }
    let last = u64::try_from(book.types.len() - 1).expect("a short list");
    if stream.percent(15) {
        for _ in 0..stream.within(1, 4) {
            // Surplus credits of burstable types are not worked out here.
            let instance = &book.types[stream.number::<usize>(0, last)];
            let name = TypeName::new(&instance.name).expect("a type");
            let taken = instance.burstable || fleet.types.contains(&name);
            if !taken {
                fleet.types.push(name);
            }
        }
    }
    if stream.percent(15) {
        for _ in 0..stream.within(1, 6) {
            let family = book.types[stream.number::<usize>(0, last)].family();
            let family = FamilyName::new(family).expect("a family");
            if !fleet.excluded.contains(&family) {
                fleet.excluded.push(family);
            }
        }
    }
    if stream.percent(20) {
        let any = stream.number(1_000, 10_000);
        let factors = [1_000, 1_001, 1_500, 2_000, 1_333, any];
        fleet.cpu_overcommit = Overcommit::new(stream.of(&factors)).expect("in range");
        fleet.memory_overcommit = Overcommit::new(stream.of(&factors)).expect("in range");
    }
    fleet
}

/// Replaces a price, or gives one where the book has none.
fn own_price(stream: &mut Stream, book: &PriceBook, scenario: &mut Scenario) {
    let commitment = PriceKind::Committed(Commitment {
        kind: stream.of(CommitmentKind::ALL),
        term: stream.of(Term::ALL),
        payment: stream.of(Payment::ALL),
    });
    let common = PriceKind::Committed(Commitment::one_year_no_upfront(stream.of(&[
        CommitmentKind::ReservedInstance,
        CommitmentKind::ComputeSavingsPlan,
        CommitmentKind::Ec2InstanceSavingsPlan,
    ])));
    let kinds = [PriceKind::OnDemand, PriceKind::Spot, commitment, common];
    let kind = stream.of(&kinds);
    let os = stream.of(&[Os::Linux, Os::Linux, Os::Linux, Os::Windows]);
    let millionths = |count: u64| Rate::from_ten_billionths(count * 10_000).expect("a rate");
    let (key, rate) = match stream.within(1, 10) {
        1..=5 => {
            let last = u64::try_from(book.types.len() - 1).expect("a short list");
            let index = stream.number::<usize>(0, last);
            let known = book.ec2(Os::Linux, PriceKind::OnDemand).get(index);
            let known = known.copied().flatten();
            let known = known.map_or(100_000, |quote| quote.rate.ten_billionths() / 10_000);
            let rate = known * stream.within(5, 140) / 100;
            let name = book.types[index].name.clone();
            (PriceKey::Ec2(os, kind, name), millionths(rate.max(1)))
        }
        6 | 7 => {
            let arch = match os {
                Os::Linux => stream.of(&[Arch::X86, Arch::Arm]),
                Os::Windows => Arch::X86,
            };
            let dimension = stream.of(FargateDimension::ALL);
            // The book's place of a price for every architecture is replaced as such.
            let any = book.fargate.iter().any(|price| {
                (price.os, price.arch, price.kind, price.dimension) == (os, None, kind, dimension)
            });
            let arch = (!any).then_some(arch);
            let rate = millionths(stream.within(100, 60_000));
            (PriceKey::Fargate(os, arch, kind, dimension), rate)
        }
        8 => {
            let letters = stream.of(&["", "g", "m", "c", "p", "x"]);
            let ten_thousandths = stream.within(1, 10_000);
            (
                PriceKey::Fee(letters.into()),
                millionths(100 * ten_thousandths),
            )
        }
        _ => {
            let item = stream.of(Adjacent::ALL);
            (
                PriceKey::Beside(item),
                millionths(stream.within(1, 500_000)),
            )
        }
    };
    let region = scenario.region.clone();
    // Gateways are priced by the hour and by the GB, or not at all.
    if key == PriceKey::Beside(Adjacent::NatGatewayHour) {
        scenario.pricing.set_own(OwnPrice {
            region: region.clone(),
            key: PriceKey::Beside(Adjacent::NatGatewayData),
            rate,
        });
    }
    scenario.pricing.set_own(OwnPrice { region, key, rate });
}
