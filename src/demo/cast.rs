//! The people of the plant: a lead, a quality engineer, two inspectors, and an operator for each station and shift.

use crate::app::port::Fault;
use crate::domain::id::{Badge, PinId};
use crate::domain::role::{PinCheck, Role};
use crate::domain::what::Qualification;

use super::crew::Skills;
use super::fault::defect;

/// The PIN file, as the play needs it.
pub trait Pins {
    /// Keeps a PIN; the name under which it is kept.
    fn add(&mut self, pin: &str) -> Result<PinId, Fault>;
    /// Whether a PIN is the one under that name.
    fn check(&mut self, id: &PinId, pin: &str) -> Result<PinCheck, Fault>;
}

/// Names and PINs of those who have no place at a station of the line; the last two play the scenes.
const STAFF: [(&str, &str, &[Role], &str); 6] = [
    ("OP-1001", "Ines Hoffmann", &[Role::Lead], "428617"),
    ("OP-1002", "Rafael Duarte", &[Role::Quality], "530948"),
    ("OP-3001", "Hanna Lindqvist", &[Role::Inspector], "619274"),
    ("OP-3002", "Tomasz Zielinski", &[Role::Inspector], "857130"),
    ("OP-4001", "Greta Olsen", &[Role::Operator], "316482"),
    ("OP-4002", "Yusuf Kaya", &[Role::Operator], "742519"),
];
/// Names and PINs of operators; a larger plant has namesakes.
const OPERATORS: [(&str, &str); 20] = [
    ("Mara Keller", "204815"),
    ("Jonas Weber", "371926"),
    ("Aylin Demir", "468203"),
    ("Piotr Nowak", "592741"),
    ("Sofia Rossi", "683059"),
    ("Luca Ferrari", "715384"),
    ("Emma Larsen", "846297"),
    ("Mateo Garcia", "927538"),
    ("Lena Fischer", "163840"),
    ("Omar Haddad", "285071"),
    ("Julia Novak", "394628"),
    ("Viktor Petrov", "407195"),
    ("Clara Dubois", "518462"),
    ("Hugo Martin", "629083"),
    ("Nora Berg", "740516"),
    ("Samuel Okoye", "851379"),
    ("Katrin Vogel", "962804"),
    ("Daniel Costa", "173495"),
    ("Eva Horvat", "284917"),
    ("Marek Svoboda", "395068"),
];
/// The first number of an operator's badge.
const FIRST_OPERATOR: usize = 2_001;

/// A place in the cast.
pub(super) type Who = usize;

/// The lead.
pub(super) const LEAD: Who = 0;
/// The quality engineer.
pub(super) const QUALITY: Who = 1;

/// Somebody of the plant.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) badge: Badge,
    pub(super) name: &'static str,
    pub(super) roles: Vec<Role>,
    pub(super) qualifications: Vec<Qualification>,
    pub(super) pin: &'static str,
    /// The entry of the PIN file, once enrolled.
    pin_id: Option<PinId>,
    /// Whether the right PIN was looked at, and a wrong one.
    looked_at: [bool; 2],
}

impl Member {
    /// Whether somebody holds a qualification, and learns it no more.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.qualifications.iter().any(|q| q.name == name && !q.supervised)
    }

    /// Whether somebody is still learning it.
    pub(super) fn learns(&self, name: &str) -> bool {
        self.qualifications.iter().any(|q| q.name == name && q.supervised)
    }
}

/// Everybody.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    members: Vec<Member>,
}

impl Cast {
    /// The staff, and operators with these skills. The lead has learned everything.
    pub(super) fn new(
        operators: impl IntoIterator<Item = Skills>,
        everything: &[Qualification],
    ) -> Result<Self, Fault> {
        let member = |badge: &str, name, Skills { roles, qualifications }, pin| {
            let badge = Badge::parse(badge).map_err(|e| defect(e.to_string()))?;
            Ok(Member { badge, name, roles, qualifications, pin, pin_id: None, looked_at: [false; 2] })
        };
        let learned = |roles: &[Role]| if roles.contains(&Role::Lead) { everything.to_vec() } else { Vec::new() };
        let staff = STAFF.iter().map(|(badge, name, roles, pin)| {
            let skills = Skills { roles: roles.to_vec(), qualifications: learned(roles) };
            member(badge, *name, skills, *pin)
        });
        let named = OPERATORS.iter().cycle().zip(FIRST_OPERATOR..);
        let operators = operators.into_iter().zip(named);
        let operators = operators.map(|(skills, ((name, pin), n))| member(&format!("OP-{n}"), *name, skills, *pin));
        Ok(Self { members: staff.chain(operators).collect::<Result<_, Fault>>()? })
    }

    /// Where operators begin in the cast.
    pub(super) fn first_operator() -> Who {
        STAFF.len()
    }

    pub(super) fn members(&self) -> &[Member] {
        &self.members
    }

    pub(super) fn get(&self, who: Who) -> Result<&Member, Fault> {
        self.members.get(who).ok_or_else(|| defect("the cast has no such member"))
    }

    pub(super) fn badge(&self, who: Who) -> Result<Badge, Fault> {
        self.get(who).map(|m| m.badge.clone())
    }

    fn find(&mut self, badge: &Badge) -> Option<&mut Member> {
        self.members.iter_mut().find(|m| m.badge == *badge)
    }

    /// Gives everybody a PIN.
    pub(super) fn choose_pins(&mut self, pins: &mut impl Pins) -> Result<(), Fault> {
        self.members.iter_mut().try_for_each(|m| {
            m.pin_id = Some(pins.add(m.pin)?);
            Ok(())
        })
    }

    /// The entry of somebody's PIN.
    pub(super) fn pin_id(&self, who: Who) -> Result<PinId, Fault> {
        let without = || defect("somebody of the cast has no PIN");
        self.get(who)?.pin_id.clone().ok_or_else(without)
    }

    /// Somebody gives their PIN, or mistypes it. It is looked at once; the outcome holds for the rest of the play.
    pub(super) fn give_pin(&mut self, badge: &Badge, right: bool, pins: &mut impl Pins) -> Result<PinCheck, Fault> {
        let outcome = if right { PinCheck::Right } else { PinCheck::Wrong };
        let Some(member) = self.find(badge) else { return Ok(outcome) };
        let [right_seen, wrong_seen] = &mut member.looked_at;
        let seen = if right { right_seen } else { wrong_seen };
        if let Some(id) = member.pin_id.as_ref().filter(|_| !*seen) {
            let mistyped: String = member.pin.chars().rev().collect();
            let found = pins.check(id, if right { member.pin } else { &mistyped })?;
            if found != outcome {
                let what = format!("the PIN of {badge} was found {found:?} and should be {outcome:?}");
                return Err(defect(what));
            }
            *seen = true;
        }
        Ok(outcome)
    }

    /// Somebody with a role who is none of these; those who may take turns.
    pub(super) fn holder(&self, role: Role, none_of: &[Badge], turn: u32) -> Option<Who> {
        let fits = |m: &&Member| m.roles.contains(&role) && !none_of.contains(&m.badge);
        let count = self.members.iter().filter(fits).count();
        let at = usize::try_from(turn).unwrap_or(0).checked_rem(count)?;
        self.members.iter().enumerate().filter(|(_, m)| fits(m)).map(|(who, _)| who).nth(at)
    }
}
