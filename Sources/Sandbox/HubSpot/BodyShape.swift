/// What a request's body has to look like.
indirect enum BodyShape: Sendable {
  case anything, text, whole
  /// The values of a record's properties: text, or what has a plain spelling as text.
  case values
  case list(BodyShape, most: Int? = nil)
  case object([String: BodyShape], required: Set<String> = [])

  /// What is wrong with a value; nil: nothing.
  func fault(in value: JSON, at place: String = "body") -> String? {
    switch self {
    case .anything: nil
    case .text: value.text == nil ? "\(place) must be a string" : nil
    case .whole: value.whole == nil ? "\(place) must be a whole number" : nil
    case .values: Self.valuesFault(value, place)
    case .list(let each, let most): Self.listFault(value, each, most, place)
    case .object(let members, let required): Self.objectFault(value, members, required, place)
    }
  }

  private static func valuesFault(_ value: JSON, _ place: String) -> String? {
    guard value.isObject else { return "\(place) must be an object" }
    let odd = value.fields.first { !$0.value.isNull && $0.value.plain == nil }
    return odd.map { "\(place).\($0.key) must be a string" }
  }

  private static func listFault(_ value: JSON, _ each: BodyShape, _ most: Int?, _ place: String) -> String? {
    guard value.isArray else { return "\(place) must be an array" }
    if let most, value.items.count > most { return "\(place) has more than \(most) elements" }
    for (index, item) in value.items.enumerated() {
      if let fault = each.fault(in: item, at: "\(place)[\(index)]") { return fault }
    }
    return nil
  }

  private static func objectFault(
    _ value: JSON, _ members: [String: BodyShape], _ required: Set<String>, _ place: String
  ) -> String? {
    guard value.isObject else { return "\(place) must be an object" }
    if let missing = required.subtracting(value.fields.keys).min() { return "\(place).\(missing) is missing" }
    for (name, item) in value.fields.sorted(by: { $0.key < $1.key }) {
      guard let shape = members[name] else { return "Unrecognized field \"\(name)\"" }
      if let fault = shape.fault(in: item, at: "\(place).\(name)") { return fault }
    }
    return nil
  }
}

extension BodyShape {
  static let identifier = BodyShape.object(["id": .text], required: ["id"])

  private static let association = BodyShape.object(
    [
      "to": identifier,
      "types": .list(
        .object(
          ["associationCategory": .text, "associationTypeId": .whole],
          required: ["associationCategory", "associationTypeId"])),
    ], required: ["to", "types"])

  static let creation = BodyShape.object(
    ["properties": .values, "associations": .list(association), "objectWriteTraceId": .text], required: ["properties"])

  static let change = BodyShape.object(["properties": .values, "objectWriteTraceId": .text], required: ["properties"])

  private static let changeOfOne = BodyShape.object(
    ["id": .text, "idProperty": .text, "properties": .values, "objectWriteTraceId": .text],
    required: ["id", "properties"])

  static let creations = batch(of: creation)
  static let changes = batch(of: changeOfOne)
  static let links = batch(of: .object(["from": identifier, "to": identifier], required: ["from", "to"]))
  static let linkQuestions = BodyShape.object(
    ["inputs": .list(.object(["id": .text, "after": .text], required: ["id"]), most: 1000)], required: ["inputs"])

  static let readings = BodyShape.object(
    [
      "inputs": .list(identifier, most: mostInBatch), "properties": .list(.text),
      "propertiesWithHistory": .list(.text), "idProperty": .text,
    ], required: ["inputs", "properties", "propertiesWithHistory"])

  static let search = BodyShape.object([
    "filterGroups": .list(.object(["filters": .list(filter)], required: ["filters"])), "properties": .list(.text),
    "limit": .whole, "after": .text, "sorts": .list(.anything), "query": .text,
  ])

  private static let filter = BodyShape.object(
    ["propertyName": .text, "operator": .text, "value": .text, "values": .list(.text), "highValue": .text],
    required: ["propertyName", "operator"])

  private static let mostInBatch = 100

  private static func batch(of each: BodyShape) -> BodyShape {
    .object(["inputs": .list(each, most: mostInBatch)], required: ["inputs"])
  }
}
