import Foundation

/// A property of a kind of record, as far as it decides what may be written to it.
public struct PropertyDefinition: Decodable, Sendable {
  struct Option: Decodable, Sendable {
    var value: String
    var label: String?
    var displayOrder: Int?
  }

  public let name: String
  /// `string`, `number`, `date`, `datetime`, `enumeration`, `bool`, `phone_number`.
  public let type: String
  public let isWritable: Bool
  /// Of an enumeration, in the order in which people see them. Empty where HubSpot keeps the choices elsewhere (owners).
  let options: [Option]

  public init(from decoder: any Decoder) throws {
    struct Modification: Decodable { var readOnlyValue: Bool? }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    type = try container.decodeIfPresent(String.self, forKey: .type) ?? "string"
    let modification = try container.decodeIfPresent(Modification.self, forKey: .modificationMetadata)
    let isCalculated = try container.decodeIfPresent(Bool.self, forKey: .calculated) ?? false
    let isArchived = try container.decodeIfPresent(Bool.self, forKey: .archived) ?? false
    isWritable = modification?.readOnlyValue != true && !isCalculated && !isArchived
    options = (try container.decodeIfPresent([Option].self, forKey: .options) ?? [])
      .enumerated().sorted { ($0.element.displayOrder ?? $0.offset) < ($1.element.displayOrder ?? $1.offset) }
      .map(\.element)
  }

  /// The value as the property takes it; nil: it does not.
  func accepted(_ value: String) -> String? {
    guard isWritable else { return nil }
    switch type {
    case "enumeration" where !options.isEmpty: return option(value)
    case "number": return Double(value) == nil ? nil : value
    case "bool": return ["true", "false"].contains(value) ? value : nil
    default: return value
    }
  }

  /// HubSpot wants the internal value; a fact that reads like the label means the same.
  private func option(_ value: String) -> String? {
    let match = options.first { $0.value == value } ?? options.first { isLabel(value, of: $0) }
    return match?.value
  }

  private func isLabel(_ text: String, of option: Option) -> Bool {
    option.label?.compare(text, options: [.caseInsensitive, .diacriticInsensitive]) == .orderedSame
  }

  private enum CodingKeys: String, CodingKey {
    case name, type, options, modificationMetadata, calculated, archived
  }
}

/// A property to be made in the account.
public struct NewProperty: Encodable, Sendable {
  public var name: String
  public var label: String
  /// `string` with `text`, `number` with `number`.
  public var type: String
  public var fieldType: String
  public var groupName: String
  var groupLabel: String

  public init(name: String, label: String, isNumber: Bool) {
    self.name = name
    self.label = label
    type = isNumber ? "number" : "string"
    fieldType = isNumber ? "number" : "text"
    groupName = "baton"
    groupLabel = "Baton"
  }

  private enum CodingKeys: String, CodingKey { case name, label, type, fieldType, groupName }
}
