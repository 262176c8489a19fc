//! Adding, copying and removing services.

use super::{MAX_SERVICES, Name, Scenario, Service, Services};

/// A change of the list of services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServicesEdit {
    /// Another one at the end, as a link without fields has it.
    Add,
    /// A copy behind the one at this index, under a name of its own.
    Duplicate(usize),
    /// Without the one at this index.
    Remove(usize),
}

/// Why a list of services stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServicesError {
    /// There are as many as there may be.
    #[error("A scenario holds at most {MAX_SERVICES} services.")]
    Full,
    /// It is the only one.
    #[error("A scenario needs at least one service.")]
    Last,
    /// There is none at the index.
    #[error("There is no such service.")]
    NoSuchService,
}

impl Scenario {
    /// The scenario with another list of services, and the index of the service to show.
    pub fn with_services(&self, edit: ServicesEdit) -> Result<(Self, usize), ServicesError> {
        let mut changed = self.clone();
        let services = &mut changed.services;
        let shown = match edit {
            ServicesEdit::Add => services.add(crate::share::baseline_service(), None)?,
            ServicesEdit::Duplicate(index) => {
                let index = services.checked(index)?;
                let copy = services.nearest(index).clone();
                services.add(copy, Some(index + 1))?
            }
            ServicesEdit::Remove(index) => services.remove(index)?,
        };
        Ok((changed, shown))
    }
}

impl Services {
    fn checked(&self, index: usize) -> Result<usize, ServicesError> {
        if index < self.len() {
            Ok(index)
        } else {
            Err(ServicesError::NoSuchService)
        }
    }

    /// Adds a service at an index above 0, or at the end, under a name that no other has.
    fn add(&mut self, mut service: Service, index: Option<usize>) -> Result<usize, ServicesError> {
        if self.len() >= MAX_SERVICES {
            return Err(ServicesError::Full);
        }
        let taken: Vec<&Name> = self.iter().map(|service| &service.name).collect();
        service.name = service.name.apart_from(&taken);
        let index = index.unwrap_or(self.len());
        self.rest.insert(index.saturating_sub(1), service);
        Ok(index)
    }

    /// Removes a service, and gives the index of the one that comes into its place.
    fn remove(&mut self, index: usize) -> Result<usize, ServicesError> {
        if self.rest.is_empty() {
            return Err(ServicesError::Last);
        }
        let index = self.checked(index)?;
        match index.checked_sub(1) {
            None => self.first = self.rest.remove(0),
            Some(index) => drop(self.rest.remove(index)),
        }
        Ok(index.min(self.len() - 1))
    }
}

impl Name {
    /// This name, or the first of `name 2`, `name 3`, … that is not taken.
    #[must_use]
    pub(crate) fn apart_from(&self, taken: &[&Self]) -> Self {
        let digits = |byte: char| byte.is_ascii_digit();
        let text = self.as_str();
        let stem = text.trim_end_matches(digits).trim_end();
        // A number that is all of the name, or belongs to its last word, is no count of copies.
        let counted = !stem.is_empty() && stem.len() + 1 < text.len() && text.ends_with(digits);
        let separate = text.trim_end_matches(digits).ends_with(' ');
        let stem = if counted && separate { stem } else { text };
        let mut name = self.clone();
        let mut count = 1_u32;
        while taken.contains(&&name) {
            count += 1;
            let suffix = [" ", &count.to_string()].concat();
            let room = Self::MAX_CHARS - suffix.len();
            let stem: String = stem.chars().take(room).collect();
            name = Self([stem.trim_end(), &suffix].concat().into());
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets;

    fn names(scenario: &Scenario) -> Vec<&str> {
        let names = scenario.services.iter();
        names.map(|service| service.name.as_str()).collect()
    }

    fn edited(scenario: &Scenario, edit: ServicesEdit) -> (Scenario, usize) {
        scenario.with_services(edit).unwrap()
    }

    #[test]
    fn a_copy_stands_behind_its_model_under_a_name_of_its_own() {
        let (two, shown) = edited(&presets::example(), ServicesEdit::Duplicate(0));
        assert_eq!((names(&two), shown), (vec!["api", "api 2"], 1));
        assert_eq!(
            two.services.nearest(1).task,
            two.services.nearest(0).task,
            "everything but the name"
        );
        let (three, shown) = edited(&two, ServicesEdit::Duplicate(0));
        assert_eq!((names(&three), shown), (vec!["api", "api 3", "api 2"], 1));
        let (four, shown) = edited(&three, ServicesEdit::Duplicate(2));
        assert_eq!(
            (names(&four), shown),
            (vec!["api", "api 3", "api 2", "api 4"], 3)
        );
    }

    #[test]
    fn what_is_added_is_the_default_at_the_end() {
        let (two, shown) = edited(&presets::example(), ServicesEdit::Add);
        assert_eq!((names(&two), shown), (vec!["api", "service"], 1));
        let (three, shown) = edited(&two, ServicesEdit::Add);
        assert_eq!(names(&three), ["api", "service", "service 2"]);
        assert_eq!(shown, 2);
    }

    #[test]
    fn what_is_removed_makes_room_for_its_neighbour_and_the_last_one_stays() {
        let (two, _) = edited(&presets::example(), ServicesEdit::Add);
        let (three, _) = edited(&two, ServicesEdit::Add);
        for (index, left, shown) in [
            (0, ["service", "service 2"], 0),
            (1, ["api", "service 2"], 1),
            (2, ["api", "service"], 1),
        ] {
            let (rest, now) = edited(&three, ServicesEdit::Remove(index));
            assert_eq!((names(&rest), now), (left.to_vec(), shown));
        }
        let one = presets::example();
        let refused = |edit| one.with_services(edit).unwrap_err();
        assert_eq!(refused(ServicesEdit::Remove(0)), ServicesError::Last);
        assert_eq!(
            refused(ServicesEdit::Duplicate(7)),
            ServicesError::NoSuchService
        );
        let gone = two.with_services(ServicesEdit::Remove(2)).unwrap_err();
        assert_eq!(gone, ServicesError::NoSuchService);
    }

    #[test]
    fn a_scenario_holds_fifty() {
        let mut scenario = presets::example();
        for count in 1..MAX_SERVICES {
            let (more, shown) = edited(&scenario, ServicesEdit::Duplicate(0));
            assert_eq!((more.services.len(), shown), (count + 1, 1));
            scenario = more;
        }
        let mut distinct = names(&scenario);
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), MAX_SERVICES);
        for edit in [ServicesEdit::Add, ServicesEdit::Duplicate(3)] {
            assert_eq!(scenario.with_services(edit), Err(ServicesError::Full));
        }
    }

    #[test]
    fn a_name_stays_within_its_length_and_keeps_a_number_of_its_own() {
        let name = |text: &str| Name::new(text).unwrap();
        let long = name(&"ä".repeat(Name::MAX_CHARS));
        let next = long.apart_from(&[&long]);
        assert_eq!(next.as_str().chars().count(), Name::MAX_CHARS);
        assert!(next.as_str().ends_with(" 2"));
        for (text, next) in [("api2", "api2 2"), ("7", "7 2"), ("eu 9", "eu 2")] {
            let one = name(text);
            assert_eq!(one.apart_from(&[&one]).as_str(), next);
        }
        assert_eq!(name("api").apart_from(&[]).as_str(), "api");
    }
}
