//! Type definitions, and how types are named.

use crate::api::Tag;
use crate::plan::names::Ident;
use crate::pointer::Pointer;

/// A type definition.
#[derive(Clone, Debug)]
pub enum TypeItem {
    /// A struct with a field table.
    Model(Model),
    /// An enum of strings, unknown ones kept.
    Enum(Enum),
    /// An enum of several forms, others kept.
    Union(Union),
}

/// A struct with a field table.
#[derive(Clone, Debug)]
pub struct Model {
    /// Type name.
    pub name: Ident,
    /// Documentation.
    pub docs: Vec<String>,
    /// Where the document defines it.
    pub at: Pointer,
    /// In document order.
    pub fields: Vec<Field>,
    /// Where further keys are kept: the field name and the type of the values.
    pub additional: Option<(Ident, RustType)>,
    /// Whether callers build it: it gets `new` and setters.
    pub constructible: bool,
    /// Set where `new` would take too many values: the struct of the required ones.
    pub required: Option<Ident>,
    /// Callers are told not to use it.
    pub deprecated: bool,
    /// Whether it shares its definition with others.
    pub form: ModelForm,
}

/// Whether a model shares its definition with others, which differ in the type of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelForm {
    /// It is a struct of its own.
    Own,
    /// It is the struct that others share, with a type parameter for the type of the field at this index.
    Generic(usize),
    /// It is a name for a generic model with its own type in the field at this index.
    Instance(TypePath, usize),
}

/// A field of a model.
#[derive(Clone, Debug)]
pub struct Field {
    /// Rust name.
    pub name: Ident,
    /// On the wire.
    pub wire_name: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Its type, `Option` and `Nullable` included.
    pub ty: RustType,
    /// Whether the wire must have it.
    pub required: bool,
    /// The only text that the document lets stand in it, which `new` puts there.
    pub constant: Option<String>,
    /// Whether it is shown to nobody although its type doesn't say so.
    pub withheld: bool,
    /// Callers are told not to use it.
    pub deprecated: bool,
}

impl Field {
    /// Whether `new` takes it: the wire must have it, and its value isn't known.
    pub fn is_needed(&self) -> bool {
        self.required && self.constant.is_none()
    }
}

/// An enum of strings.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Type name.
    pub name: Ident,
    /// Documentation.
    pub docs: Vec<String>,
    /// Where the document defines it.
    pub at: Pointer,
    /// In document order.
    pub variants: Vec<Variant>,
    /// The variant that keeps values the document doesn't know (`Unknown`).
    pub unknown: Ident,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Rust name.
    pub name: Ident,
    /// On the wire.
    pub wire_value: String,
}

/// An enum of several forms.
#[derive(Clone, Debug)]
pub struct Union {
    /// Type name.
    pub name: Ident,
    /// Documentation.
    pub docs: Vec<String>,
    /// Where the document defines it.
    pub at: Pointer,
    /// In document order.
    pub variants: Vec<UnionVariant>,
    /// The property that tells the variants apart, where there is one.
    pub tag: Option<Tag>,
    /// Whether a value that fits no variant may hold a secret, so that it is shown to nobody.
    pub secret: bool,
    /// Whether a variant holds a number whose digits count, at any depth.
    pub decimal: bool,
    /// The variant that keeps values that fit no other (`Unknown`).
    pub unknown: Ident,
    /// Callers are told not to use it.
    pub deprecated: bool,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Rust name.
    pub name: Ident,
    /// Documentation.
    pub docs: Vec<String>,
    /// What it holds, `Box` included.
    pub ty: RustType,
    /// Values of the tag that lead to it; none: any may.
    pub tags: Vec<String>,
    /// Whether the union is made from the held type by `From`.
    pub converts: bool,
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `()`.
    Unit,
    /// `String`.
    String,
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// The runtime's `Decimal`.
    Decimal,
    /// The runtime's `Timestamp`.
    Timestamp,
    /// The runtime's `Date`.
    Date,
    /// The runtime's `Base64`.
    Base64,
    /// The runtime's `Secret`.
    Secret,
    /// The runtime's `ByteStream`: what is sent of any length.
    ByteStream,
    /// The runtime's `Bytes`.
    Bytes,
    /// The runtime's `Part`: a file in a form.
    Part,
    /// `JsonValue`: any JSON value.
    Json,
    /// `Option<T>`.
    Option(Box<RustType>),
    /// `Nullable<T>`: absent, null or a value.
    Nullable(Box<RustType>),
    /// `Vec<T>`.
    Vec(Box<RustType>),
    /// `BTreeMap<String, T>`.
    Map(Box<RustType>),
    /// `Box<T>`.
    Boxed(Box<RustType>),
    /// A type of this crate.
    Named(TypePath),
}

/// A type of this crate by its module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypePath {
    /// Modules from the crate root.
    pub module: Vec<Ident>,
    /// Type name.
    pub name: Ident,
    /// What the path leads to.
    pub kind: TypeKind,
}

/// What a [`TypePath`] leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeKind {
    /// A struct with a field table, or an alias of something: taken as it is.
    Plain,
    /// An enum of strings: anything that converts into it is taken.
    Enum,
    /// An enum of several forms: anything that converts into it is taken.
    Union,
    /// A scope type: anything that converts into it is taken.
    Scope,
}

impl RustType {
    /// Whether it is spelled without a name of the runtime.
    pub fn is_known_everywhere(&self) -> bool {
        match self {
            Self::Unit
            | Self::String
            | Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F32
            | Self::F64
            | Self::Named(_) => true,
            Self::Option(inner) | Self::Vec(inner) | Self::Boxed(inner) => {
                inner.is_known_everywhere()
            }
            Self::Decimal
            | Self::Timestamp
            | Self::Date
            | Self::Base64
            | Self::Secret
            | Self::Bytes
            | Self::ByteStream
            | Self::Part
            | Self::Json
            | Self::Nullable(_)
            | Self::Map(_) => false,
        }
    }

    /// The type of this crate that stands in it, however deep: at most one does.
    pub fn path(&self) -> Option<&TypePath> {
        match self {
            Self::Named(path) => Some(path),
            Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Vec(inner)
            | Self::Map(inner)
            | Self::Boxed(inner) => inner.path(),
            _ => None,
        }
    }
}

impl Model {
    /// The types of this crate that it is made of, as often as it names them.
    pub fn paths(&self) -> Vec<&TypePath> {
        let own = |index: usize| match &self.form {
            ModelForm::Own => true,
            ModelForm::Generic(parameter) => index != *parameter,
            ModelForm::Instance(_, parameter) => index == *parameter,
        };
        let generic = match &self.form {
            ModelForm::Instance(generic, _) => Some(generic),
            ModelForm::Own | ModelForm::Generic(_) => None,
        };
        let fields = self.fields.iter().enumerate();
        let fields = fields.filter(|(index, _)| own(*index));
        let fields = fields.map(|(_, field)| &field.ty);
        let additional = self.additional.iter().map(|(_, ty)| ty);
        let named = fields.chain(additional).filter_map(RustType::path);
        generic.into_iter().chain(named).collect()
    }
}

impl TypeItem {
    /// The types of this crate that it is made of, as often as it names them.
    pub fn paths(&self) -> Vec<&TypePath> {
        let types: Vec<&RustType> = match self {
            Self::Model(model) => return model.paths(),
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Enum(_) => Vec::new(),
        };
        types.into_iter().filter_map(RustType::path).collect()
    }

    /// Whether the document defines it: a generic model is our own, each of its instances is the document's.
    pub fn is_of_document(&self) -> bool {
        !matches!(self, Self::Model(model) if matches!(model.form, ModelForm::Generic(_)))
    }

    /// Type name.
    pub fn name(&self) -> &Ident {
        match self {
            Self::Model(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
        }
    }
}
