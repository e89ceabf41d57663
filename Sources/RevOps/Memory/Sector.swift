/// What related industries have in common. Raw values are places in stored vectors: new ones are only appended.
enum Sector: Int, CaseIterable {
  case software
  case finance
  case health
  case publicService
  case commerce
  case consumer
  case production
  case resources
  case property
  case transport
  case media
  case advice
  case food

  /// The canonical industries with their sectors. Positions are places in stored vectors: new ones are only appended.
  static let industries: [(name: String, sectors: [Sector])] = [
    ("SaaS", [.software]),
    ("IT Services", [.software, .advice]),
    ("FinTech", [.finance, .software]),
    ("Banking", [.finance]),
    ("Insurance", [.finance]),
    ("Financial Services", [.finance]),
    ("Healthcare", [.health]),
    ("Pharma & Biotech", [.health]),
    ("Education", [.publicService]),
    ("Nonprofit", [.publicService]),
    ("Government", [.publicService]),
    ("Retail", [.commerce, .consumer]),
    ("E-commerce", [.commerce, .software]),
    ("Consumer Goods", [.consumer]),
    ("Food & Beverage", [.consumer, .food]),
    ("Manufacturing", [.production]),
    ("Automotive", [.production]),
    ("Aerospace & Defense", [.production]),
    ("Electronics", [.production]),
    ("Chemicals", [.production]),
    ("Energy", [.resources]),
    ("Oil & Gas", [.resources]),
    ("Utilities", [.resources]),
    ("Mining & Metals", [.resources, .production]),
    ("Agriculture", [.food]),
    ("Construction", [.property]),
    ("Real Estate", [.property]),
    ("Logistics", [.transport]),
    ("Travel & Hospitality", [.transport, .consumer]),
    ("Telecommunications", [.media, .software]),
    ("Media", [.media]),
    ("Marketing & Advertising", [.media, .advice]),
    ("Consulting", [.advice]),
    ("Legal", [.advice]),
    ("Professional Services", [.advice]),
  ]

  /// An industry's position in the table.
  static func position(of industry: String) -> Int? { positions[industry] }

  static func areRelated(_ first: String, _ second: String) -> Bool {
    guard let first = position(of: first), let second = position(of: second) else { return false }
    return !Set(industries[first].sectors).isDisjoint(with: industries[second].sectors)
  }

  private static let positions = Dictionary(
    industries.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
}
