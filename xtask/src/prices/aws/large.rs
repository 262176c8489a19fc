//! `cargo xtask prices generate-large`: an offer of EC2 as large as AWS's own, in either shape, to measure the readers.
//! Nine products in ten are ones that must be passed over.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::*;

use crate::prices::{Error, HELP};

/// The region of the file.
pub(super) const REGION: &str = "us-east-1";

/// Of so many products one is wanted.
const ONE_IN: usize = 10;

const SIZES: [&str; 10] = [
    "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge",
    "24xlarge", "metal",
];

const LEASES: [(&str, u64); 2] = [("1yr", 8_760), ("3yr", 26_280)];
const CLASSES: [&str; 2] = ["standard", "convertible"];
const PAYMENTS: [&str; 3] = ["No Upfront", "Partial Upfront", "All Upfront"];

/// Columns that nothing reads, as many as AWS has.
const FILLER: usize = 58;

const DISCLAIMER: &str = "This pricing list is for informational purposes only. All prices are subject to the additional terms included in the pricing pages on http://aws.amazon.com.";

/// Runs the command on the words after `generate-large`.
pub(crate) fn generate_large(mut args: lexopt::Parser) -> Result<ExitCode, Error> {
    let mut to = None;
    let mut megabytes = 300;
    while let Some(arg) = args.next()? {
        match arg {
            Long("to") => to = Some(PathBuf::from(args.value()?)),
            Long("mb") => megabytes = args.value()?.parse()?,
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let to = to.ok_or_else(|| lexopt::Error::from("expected --to FILE, a .csv or a .json"))?;
    generate(&to, megabytes).map_err(|error| Error::Write {
        path: to.clone(),
        error,
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the file; how many products it holds.
pub(super) fn generate(to: &Path, megabytes: usize) -> io::Result<usize> {
    if let Some(dir) = to.parent() {
        fs::create_dir_all(dir)?;
    }
    let csv = to.extension().is_some_and(|extension| extension == "csv");
    // As large as twenty products are, so large are the others.
    let sample = 20;
    let mut measured = Vec::new();
    write(&mut measured, csv, sample)?;
    let products = megabytes * 1_000_000 / (measured.len() / sample).max(1);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(to)?);
    write(&mut out, csv, products)?;
    out.flush()?;
    Ok(products)
}

fn write(out: &mut dyn Write, csv: bool, products: usize) -> io::Result<()> {
    if csv {
        write_csv(out, products)
    } else {
        write_json(out, products)
    }
}

struct Product {
    sku: String,
    name: String,
    windows: bool,
    tenancy: &'static str,
    software: &'static str,
    status: &'static str,
    usage: &'static str,
    operation: &'static str,
    /// In ten-thousandths of a dollar.
    price: u64,
}

impl Product {
    fn new(index: usize) -> Self {
        let wanted = index.is_multiple_of(ONE_IN);
        let number = index / ONE_IN;
        let windows = number.is_multiple_of(2);
        let size = SIZES
            .get(number / 2 % SIZES.len())
            .copied()
            .unwrap_or("large");
        let family = number / 2 / SIZES.len();
        let (tenancy, software, status, usage, operation) = match (wanted, index % ONE_IN) {
            (true, _) if windows => ("Shared", "NA", "Used", "BoxUsage", "RunInstances:0002"),
            (true, _) => ("Shared", "NA", "Used", "BoxUsage", "RunInstances"),
            (_, 1..=3) => ("Dedicated", "NA", "Used", "DedicatedUsage", "RunInstances"),
            (_, 4..=6) => ("Shared", "SQL Web", "Used", "BoxUsage", "RunInstances:0202"),
            _ => (
                "Shared",
                "NA",
                "UnusedCapacityReservation",
                "UnusedBox",
                "RunInstances",
            ),
        };
        Self {
            sku: format!("{index:016X}"),
            name: format!("x{family}g.{size}"),
            windows,
            tenancy,
            software,
            status,
            usage,
            operation,
            price: 1_000 + u64::try_from(index % 5_000).unwrap_or_default(),
        }
    }

    const fn system(&self) -> &'static str {
        if self.windows { "Windows" } else { "Linux" }
    }

    fn hour(&self, hundredths: u64) -> String {
        let count = self.price * hundredths;
        format!("{}.{:06}0000", count / 1_000_000, count % 1_000_000)
    }

    /// Every dimension: term, lease, class, payment, rate, unit and price.
    fn dimensions(&self) -> Vec<Dimension> {
        let mut all = vec![Dimension {
            term: "JRTCKXETXF".to_owned(),
            reserved: None,
            rate: "6YS6EN2CT7",
            unit: "Hrs",
            price: self.hour(100),
        }];
        for (lease, hours) in LEASES {
            for class in CLASSES {
                for payment in PAYMENTS {
                    let reserved = Some((lease, class, payment));
                    let term = format!("{lease}-{class}-{payment}")
                        .to_uppercase()
                        .replace(' ', "");
                    let recurring = match payment {
                        "No Upfront" => self.hour(65),
                        "Partial Upfront" => self.hour(31),
                        _ => "0.0000000000".to_owned(),
                    };
                    let share = match payment {
                        "No Upfront" => 0,
                        "Partial Upfront" => 31,
                        _ => 60,
                    };
                    all.push(Dimension {
                        term: term.clone(),
                        reserved,
                        rate: "6YS6EN2CT7",
                        unit: "Hrs",
                        price: recurring,
                    });
                    if share > 0 {
                        all.push(Dimension {
                            term,
                            reserved,
                            rate: "2TG2D8R56U",
                            unit: "Quantity",
                            price: (self.price * share * hours / 1_000_000).max(1).to_string(),
                        });
                    }
                }
            }
        }
        all
    }
}

struct Dimension {
    term: String,
    reserved: Option<(&'static str, &'static str, &'static str)>,
    rate: &'static str,
    unit: &'static str,
    price: String,
}

fn write_csv(out: &mut dyn Write, products: usize) -> io::Result<()> {
    writeln!(out, "\"FormatVersion\",\"v1.0\"")?;
    writeln!(out, "\"Disclaimer\",\"{DISCLAIMER}\"")?;
    writeln!(out, "\"Publication Date\",\"2026-09-11T20:00:00Z\"")?;
    writeln!(out, "\"Version\",\"20260911200000\"")?;
    writeln!(out, "\"OfferCode\",\"AmazonEC2\"")?;
    write!(
        out,
        "\"SKU\",\"OfferTermCode\",\"RateCode\",\"TermType\",\"PriceDescription\",\"EffectiveDate\",\"StartingRange\",\"EndingRange\",\"Unit\",\"PricePerUnit\",\"Currency\",\"LeaseContractLength\",\"PurchaseOption\",\"OfferingClass\",\"Product Family\",\"serviceCode\",\"Location\",\"Instance Type\",\"Instance Family\",\"vCPU\",\"Physical Processor\",\"Memory\",\"Processor Architecture\",\"Tenancy\",\"Operating System\",\"License Model\",\"usageType\",\"operation\",\"CapacityStatus\",\"GPU\",\"MarketOption\",\"Pre Installed S/W\",\"Region Code\""
    )?;
    for column in 0..FILLER {
        write!(out, ",\"Attribute {column}\"")?;
    }
    writeln!(out)?;
    for index in 0..products {
        let product = Product::new(index);
        for dimension in product.dimensions() {
            csv_row(out, &product, &dimension)?;
        }
    }
    Ok(())
}

fn csv_row(out: &mut dyn Write, product: &Product, dimension: &Dimension) -> io::Result<()> {
    let (sku, name) = (&product.sku, &product.name);
    let (term, rate) = (&dimension.term, dimension.rate);
    let kind = if dimension.reserved.is_some() {
        "Reserved"
    } else {
        "OnDemand"
    };
    let (from, to) = if dimension.unit == "Hrs" {
        ("\"0\"", "\"Inf\"")
    } else {
        ("", "")
    };
    write!(
        out,
        "\"{sku}\",\"{term}\",\"{sku}.{term}.{rate}\",\"{kind}\",\"{} per {name} instance hour\",\"2026-09-01\",{from},{to},\"{}\",\"{}\",\"USD\"",
        product.system(),
        dimension.unit,
        dimension.price
    )?;
    match dimension.reserved {
        Some((lease, class, payment)) => write!(out, ",\"{lease}\",\"{payment}\",\"{class}\"")?,
        None => write!(out, ",,,")?,
    }
    write!(
        out,
        ",\"Compute Instance\",\"AmazonEC2\",\"US East (N. Virginia)\",\"{name}\",\"General purpose\",\"4\",\"AWS Graviton4 Processor\",\"16 GiB\",\"64-bit\",\"{}\",\"{}\",\"No License required\",\"{}:{name}\",\"{}\",\"{}\",,\"OnDemand\",\"{}\",\"{REGION}\"",
        product.tenancy,
        product.system(),
        product.usage,
        product.operation,
        product.status,
        product.software
    )?;
    for column in 0..FILLER {
        if column % 5 == 0 {
            write!(out, ",\"Intel AVX\"")?;
        } else {
            write!(out, ",")?;
        }
    }
    writeln!(out)
}

fn write_json(out: &mut dyn Write, products: usize) -> io::Result<()> {
    writeln!(out, "{{\n  \"formatVersion\" : \"v1.0\",")?;
    writeln!(out, "  \"disclaimer\" : \"{DISCLAIMER}\",")?;
    writeln!(out, "  \"offerCode\" : \"AmazonEC2\",")?;
    writeln!(out, "  \"version\" : \"20260911200000\",")?;
    writeln!(out, "  \"publicationDate\" : \"2026-09-11T20:00:00Z\",")?;
    writeln!(out, "  \"products\" : {{")?;
    for index in 0..products {
        json_product(out, &Product::new(index), index + 1 < products)?;
    }
    writeln!(out, "  }},\n  \"terms\" : {{")?;
    for (kind, reserved, last) in [("OnDemand", false, false), ("Reserved", true, true)] {
        writeln!(out, "    \"{kind}\" : {{")?;
        for index in 0..products {
            json_terms(out, &Product::new(index), reserved, index + 1 < products)?;
        }
        writeln!(out, "    }}{}", if last { "" } else { "," })?;
    }
    writeln!(out, "  }},\n  \"attributesList\" : {{ }}\n}}")
}

fn json_product(out: &mut dyn Write, product: &Product, more: bool) -> io::Result<()> {
    let (sku, name) = (&product.sku, &product.name);
    writeln!(
        out,
        "    \"{sku}\" : {{\n      \"sku\" : \"{sku}\",\n      \"productFamily\" : \"Compute Instance\",\n      \"attributes\" : {{"
    )?;
    let usage = format!("{}:{name}", product.usage);
    for (key, value) in [
        ("servicecode", "AmazonEC2"),
        ("location", "US East (N. Virginia)"),
        ("locationType", "AWS Region"),
        ("instanceType", name.as_str()),
        ("currentGeneration", "Yes"),
        ("instanceFamily", "General purpose"),
        ("vcpu", "4"),
        ("physicalProcessor", "AWS Graviton4 Processor"),
        ("memory", "16 GiB"),
        ("storage", "EBS only"),
        ("networkPerformance", "Up to 12500 Megabit"),
        ("processorArchitecture", "64-bit"),
        ("tenancy", product.tenancy),
        ("operatingSystem", product.system()),
        ("licenseModel", "No License required"),
        ("usagetype", usage.as_str()),
        ("operation", product.operation),
        ("availabilityzone", "NA"),
        ("capacitystatus", product.status),
        ("dedicatedEbsThroughput", "Up to 10000 Mbps"),
        ("gpuMemory", "NA"),
        ("marketoption", "OnDemand"),
        ("preInstalledSw", product.software),
        ("processorFeatures", "Intel AVX; Intel AVX2; Intel AVX512"),
        ("regionCode", REGION),
    ] {
        writeln!(out, "        \"{key}\" : \"{value}\",")?;
    }
    let comma = if more { "," } else { "" };
    writeln!(
        out,
        "        \"vpcnetworkingsupport\" : \"true\"\n      }}\n    }}{comma}"
    )
}

fn json_terms(
    out: &mut dyn Write,
    product: &Product,
    reserved: bool,
    more: bool,
) -> io::Result<()> {
    let sku = &product.sku;
    let dimensions = product.dimensions();
    let wanted = |dimension: &&Dimension| dimension.reserved.is_some() == reserved;
    let dimensions: Vec<&Dimension> = dimensions.iter().filter(wanted).collect();
    write!(out, "      \"{sku}\" : {{")?;
    let mut comma = "";
    for term in dimensions.chunk_by(|a, b| a.term == b.term) {
        let Some(first) = term.first() else { continue };
        let code = &first.term;
        write!(
            out,
            "{comma}\n        \"{sku}.{code}\" : {{\n          \"offerTermCode\" : \"{code}\",\n          \"sku\" : \"{sku}\",\n          \"effectiveDate\" : \"2026-09-01T00:00:00Z\",\n          \"priceDimensions\" : {{"
        )?;
        comma = ",";
        let mut inner = "";
        for dimension in term {
            let rate = dimension.rate;
            write!(
                out,
                "{inner}\n            \"{sku}.{code}.{rate}\" : {{\n              \"rateCode\" : \"{sku}.{code}.{rate}\",\n              \"description\" : \"{} per {} instance hour\",\n              \"beginRange\" : \"0\",\n              \"endRange\" : \"Inf\",\n              \"unit\" : \"{}\",\n              \"pricePerUnit\" : {{\n                \"USD\" : \"{}\"\n              }},\n              \"appliesTo\" : [ ]\n            }}",
                product.system(),
                product.name,
                dimension.unit,
                dimension.price
            )?;
            inner = ",";
        }
        write!(out, "\n          }},\n          \"termAttributes\" : {{")?;
        if let Some((lease, class, payment)) = first.reserved {
            write!(
                out,
                "\n            \"LeaseContractLength\" : \"{lease}\",\n            \"OfferingClass\" : \"{class}\",\n            \"PurchaseOption\" : \"{payment}\"\n          "
            )?;
        }
        write!(out, "}}\n        }}")?;
    }
    writeln!(out, "\n      }}{}", if more { "," } else { "" })
}
