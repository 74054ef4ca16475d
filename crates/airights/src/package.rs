//! A package of the graph: its name, version, source, and the roles it plays.

use std::fmt;

use airights_text::UnknownWord;
use semver::Version;

/// A package as cargo resolved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Name as published; cargo keeps its case and dashes.
    pub name: String,
    /// Exact version.
    pub version: Version,
    /// Cargo's own spelling (`registry+…`, `git+…`); `None` for a path on this disk.
    pub source: Option<String>,
    /// Of a path on this disk, the address of its directory (`file:///…`) as cargo's package ids have it.
    pub directory_url: Option<String>,
    /// SHA-256 of the `.crate`, in hex, where the lockfile has one.
    pub checksum: Option<String>,
    /// Why it is in the graph. Never empty.
    pub roles: Roles,
    /// Whether it belongs to the workspace that is judged.
    pub is_member: bool,
    /// Whether it can never be published (`publish = false`).
    pub is_private: bool,
    /// The only registries it may be published to, where its manifest names them.
    pub registries: Vec<String>,
    /// Whether only build scripts need it: no chain of normal dependencies leads to it.
    pub is_of_build_scripts: bool,
    /// Its `Cargo.toml`: relative to the workspace root where it lies inside, absolute otherwise, with `/`.
    pub manifest: String,
    /// What its build does beside compiling Rust.
    pub build_script: BuildScript,
}

/// The build script of a package, as far as its manifest tells what it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BuildScript {
    /// Nobody has looked.
    #[default]
    Unknown,
    /// There is none, so that nothing but Rust is compiled.
    None,
    /// It needs these crates, which compile code in other languages; it may do so without any.
    With(Vec<String>),
}

impl Package {
    /// A package of which nothing but its name and version is known.
    pub fn new(name: impl Into<String>, version: Version) -> Self {
        Self {
            name: name.into(),
            version,
            source: None,
            directory_url: None,
            checksum: None,
            roles: Roles::NONE,
            is_member: false,
            is_private: false,
            registries: Vec::new(),
            is_of_build_scripts: false,
            manifest: String::new(),
            build_script: BuildScript::Unknown,
        }
    }
}

impl fmt::Display for Package {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.name, self.version)
    }
}

/// A package's place in [`DependencyGraph::packages`](crate::DependencyGraph::packages).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageIx(pub u32);

impl PackageIx {
    /// The place as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something of each package of a graph, in the graph's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerPackage<T>(Vec<T>);

impl<T> PerPackage<T> {
    /// That of a package; `None` where the graph is another.
    pub fn get(&self, place: PackageIx) -> Option<&T> {
        self.0.get(place.index())
    }

    /// All of them, with their packages.
    pub fn iter(&self) -> impl Iterator<Item = (PackageIx, &T)> {
        (0..).map(PackageIx).zip(&self.0)
    }

    /// All of them, in the graph's order.
    pub fn values(&self) -> &[T] {
        &self.0
    }

    /// All of them, in the graph's order, to be changed.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T> Default for PerPackage<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> From<Vec<T>> for PerPackage<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T> FromIterator<T> for PerPackage<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T> std::ops::Index<PackageIx> for PerPackage<T> {
    type Output = T;

    /// # Panics
    ///
    /// If the place belongs to another graph.
    fn index(&self, place: PackageIx) -> &T {
        &self.0[place.index()]
    }
}

/// Why a package is in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Linked into what a member builds.
    Shipped,
    /// A build script, a proc-macro, or something they pull in.
    Build,
    /// Only for tests, examples and benches.
    Dev,
    /// What the project writes itself: no dependency, so nobody needs leave for its license.
    Member,
    /// In no build that cargo would make, though cargo resolves it.
    Unbuilt,
}

impl Role {
    /// Every role, strictest first.
    pub const ALL: [Self; 5] = [Self::Shipped, Self::Build, Self::Dev, Self::Member, Self::Unbuilt];

    /// The spelling used in policies and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Build => "build",
            Self::Dev => "dev",
            Self::Member => "member",
            Self::Unbuilt => "unbuilt",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(UnknownWord)
    }
}

/// A set of [`Role`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Roles(u8);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);
    /// Every role.
    pub const ALL: Self = Self(0b1_1111);

    /// Adds a role.
    pub fn insert(&mut self, role: Role) {
        self.0 |= 1 << role as u8;
    }

    /// Whether the role is in the set.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// Whether no role is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The same without `dev` where there is another role: a package is only for development if it is for nothing else.
    #[must_use]
    pub fn without_spare_dev(self) -> Self {
        let others: Self = self.iter().filter(|role| *role != Role::Dev).collect();
        if others.is_empty() { self } else { others }
    }

    /// The roles, strictest first.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |&role| self.contains(role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        let mut set = Self::NONE;
        for role in roles {
            set.insert(role);
        }
        set
    }
}
