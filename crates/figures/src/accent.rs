//! The options' own colours, by name: the same option has the same accent everywhere.

/// Which option a mark belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Accent {
    /// Fargate, on demand or committed.
    Fargate,
    /// Fargate with a Spot share.
    FargateSpot,
    /// EC2, on demand or committed.
    Ec2,
    /// EC2 with a Spot share.
    Ec2Spot,
    /// Managed Instances.
    Managed,
    /// Managed Instances on Spot.
    ManagedSpot,
    /// None of the options: keys, sums, things that belong to all.
    #[default]
    Neutral,
}

impl Accent {
    /// Every accent.
    pub const ALL: [Self; 7] = [
        Self::Fargate,
        Self::FargateSpot,
        Self::Ec2,
        Self::Ec2Spot,
        Self::Managed,
        Self::ManagedSpot,
        Self::Neutral,
    ];

    /// The name in style sheets: the accent `fargate-spot` is the property `--accent-fargate-spot`.
    pub const fn css_name(self) -> &'static str {
        match self {
            Self::Fargate => "fargate",
            Self::FargateSpot => "fargate-spot",
            Self::Ec2 => "ec2",
            Self::Ec2Spot => "ec2-spot",
            Self::Managed => "managed",
            Self::ManagedSpot => "managed-spot",
            Self::Neutral => "neutral",
        }
    }

    /// How a line of this accent is broken: Spot is dashed, so that colour does not speak alone.
    pub const fn dash(self) -> Dash {
        match self {
            Self::FargateSpot | Self::Ec2Spot | Self::ManagedSpot => Dash::Dashed,
            Self::Fargate | Self::Ec2 | Self::Managed | Self::Neutral => Dash::Solid,
        }
    }
}

/// Whether a line is broken, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Not broken.
    #[default]
    Solid,
    /// Long strokes, short gaps.
    Dashed,
    /// Short strokes, equal gaps.
    Dotted,
}

impl Dash {
    /// Length of a stroke and of a gap in CSS pixels; none for a solid line.
    pub const fn stroke_and_gap_px(self) -> Option<(f64, f64)> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some((8.0, 4.0)),
            Self::Dotted => Some((2.0, 3.0)),
        }
    }
}
