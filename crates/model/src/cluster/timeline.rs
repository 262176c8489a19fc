//! The common week of a cluster's services.

use crate::load::{Level, Pattern, Week};
use crate::platform::Arch;
use crate::scenario::{Scenario, Service};

/// Which tasks run in the same hours, on one architecture.
pub(super) struct Timeline {
    /// Indices of the services that run by the hour; jobs are not among them.
    pub(super) hourly: Vec<usize>,
    /// The common week: a level is a set of hours in which each service has as many tasks.
    week: Week,
    /// Tasks in each level, by the place of a service in `hourly`.
    tasks: Vec<Vec<u32>>,
    /// Tasks of each service that find room elsewhere.
    elsewhere: Vec<u32>,
}

impl Timeline {
    /// The common week of services on one architecture, beyond the tasks of each that find room
    /// `elsewhere`.
    pub(super) fn of(
        scenario: &Scenario,
        services: &[&Service],
        arch: Arch,
        elsewhere: &[u32],
    ) -> Self {
        let mut hourly = Vec::new();
        let mut hours: Vec<Vec<u32>> = Vec::new();
        for (index, service) in services.iter().enumerate() {
            let Some(of_service) = Pattern::hours(scenario, service, arch) else {
                continue;
            };
            hourly.push(index);
            hours.resize_with(of_service.len(), Vec::new);
            let elsewhere = elsewhere.get(index).copied().unwrap_or(0);
            for (hour, tasks) in hours.iter_mut().zip(of_service) {
                hour.push(tasks.saturating_sub(elsewhere));
            }
        }
        let week = Week::of_hours(&hours, |tasks| tasks.iter().sum());
        let mut tasks: Vec<Vec<u32>> = vec![Vec::new(); week.levels.len()];
        for (hour, &level) in hours.into_iter().zip(&week.order) {
            if let Some(tasks) = tasks.get_mut(usize::from(level)) {
                *tasks = hour;
            }
        }
        Self {
            hourly,
            week,
            tasks,
            elsewhere: elsewhere.to_vec(),
        }
    }

    /// Tasks of a service that find room elsewhere.
    pub(super) fn elsewhere(&self, service: usize) -> u32 {
        self.elsewhere.get(service).copied().unwrap_or(0)
    }

    /// The pattern of one service in the levels of the common week; `None` of jobs.
    pub(super) fn alone(&self, service: usize) -> Option<Pattern> {
        let (pattern, _) = self.together(&[service])?;
        Some(pattern)
    }

    /// The pattern of some services together, and the tasks of each in each of its levels;
    /// `None` where one of them is of jobs.
    pub(super) fn together(&self, services: &[usize]) -> Option<(Pattern, Vec<Vec<u32>>)> {
        let places: Vec<usize> = services
            .iter()
            .map(|service| self.hourly.iter().position(|known| known == service))
            .collect::<Option<_>>()?;
        let tasks: Vec<Vec<u32>> = self
            .tasks
            .iter()
            .map(|level| {
                let of = places.iter().map(|&place| level.get(place).copied());
                of.map(Option::unwrap_or_default).collect()
            })
            .collect();
        let levels = self.week.levels.iter().zip(&tasks);
        let levels = levels
            .map(|(level, tasks)| Level {
                tasks: tasks.iter().sum(),
                hours: level.hours,
            })
            .collect();
        let week = Week {
            levels,
            moves: self.week.moves.clone(),
            order: self.week.order.clone(),
        };
        Some((Pattern::Hourly(week), tasks))
    }
}
