/// What a matcher looks at.
public enum ConditionField: Codable, Sendable, Hashable {
  case normalized(Field)
  case source
  case product
  case message
  case language
  case tags
  /// The whole name, `utm_campaign`.
  case utm(String)
  case score
  case accountOwner
  case dealOwner
  case accountStage
  /// The name after `custom.`
  case custom(String)
}

extension ConditionField {
  /// How values of a field compare.
  public enum Kind: Sendable {
    case text
    /// Any element may match.
    case list
    case number
    /// A form's own text, which may well be a number.
    case open
  }

  public var kind: Kind {
    switch self {
    case .normalized(.employees), .normalized(.annualRevenue), .normalized(.foundedYear), .score: .number
    case .normalized(.technologies), .tags: .list
    case .utm, .custom: .open
    default: .text
    }
  }

  /// The field as conditions write it.
  public var name: String {
    switch self {
    case .normalized(let field): field.rawValue
    case .utm(let name): name
    case .custom(let name): "custom." + name
    default: Self.plain.first { $0.value == self }?.key ?? ""
    }
  }

  /// The field of that name; nil when there is none.
  public init?(named name: String) {
    if let field = Field(rawValue: name) {
      self = .normalized(field)
    } else if let field = Self.plain[name] {
      self = field
    } else if name.hasPrefix("utm_"), name.utf8.count > 4 {
      self = .utm(name)
    } else if name.hasPrefix("custom."), name.utf8.count > 7 {
      self = .custom(String(name.dropFirst(7)))
    } else {
      return nil
    }
  }

  /// Every name that is fixed, for suggestions.
  public static var names: [String] { Field.allCases.map(\.rawValue) + plain.keys.sorted() }

  private static let plain: [String: ConditionField] = [
    "source": .source, "product": .product, "message": .message, "language": .language, "tags": .tags,
    "score": .score, "account_owner": .accountOwner, "deal_owner": .dealOwner, "account_stage": .accountStage,
  ]

  /// A place in the cache of one evaluation; nil for the fields whose names are open.
  var slot: Int? {
    switch self {
    case .normalized(let field): field.slot
    case .source: 19
    case .product: 20
    case .message: 21
    case .language: 22
    case .tags: 23
    case .score: 24
    case .accountOwner: 25
    case .dealOwner: 26
    case .accountStage: 27
    case .utm, .custom: nil
    }
  }

  static let slotCount = 28
}

extension Field {
  fileprivate var slot: Int {
    switch self {
    case .email: 0
    case .emailType: 1
    case .domain: 2
    case .company: 3
    case .fullName: 4
    case .title: 5
    case .seniority: 6
    case .department: 7
    case .phone: 8
    case .country: 9
    case .region: 10
    case .city: 11
    case .industry: 12
    case .employees: 13
    case .annualRevenue: 14
    case .foundedYear: 15
    case .technologies: 16
    case .description: 17
    case .linkedinURL: 18
    }
  }
}
