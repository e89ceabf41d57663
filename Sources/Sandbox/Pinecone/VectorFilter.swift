/// A metadata filter: `{"model": {"$eq": "m"}}`, or the value itself for `$eq`. All of its conditions must hold.
struct VectorFilter {
  private var conditions: [(field: String, test: Test, operand: JSON)] = []

  private enum Test: String {
    case equal = "$eq"
    case different = "$ne"
    case among = "$in"
    case notAmong = "$nin"
    case exists = "$exists"
  }

  init(_ json: JSON) throws(PineconeRefusal) {
    guard !json.isNull else { return }
    guard json.isObject else { throw .invalid("filter must be an object") }
    for (field, value) in json.fields {
      guard !field.hasPrefix("$") else { throw .invalid("\(field) is not known to the sandbox") }
      guard value.isObject else {
        conditions.append((field, .equal, value))
        continue
      }
      guard !value.fields.isEmpty else { throw .invalid("the filter of \(field) is empty") }
      for (name, operand) in value.fields {
        guard let test = Test(rawValue: name) else { throw .invalid("\(name) is not a valid operator") }
        guard test == .among || test == .notAmong ? operand.isArray : operand.plain != nil else {
          throw .invalid("\(name) does not take \(operand.encoded)")
        }
        conditions.append((field, test, operand))
      }
    }
  }

  func matches(_ metadata: [String: JSON]) -> Bool {
    conditions.allSatisfy { field, test, operand in
      let value = metadata[field]
      return switch test {
      case .equal: value?.plain == operand.plain
      case .different: value?.plain != operand.plain
      case .among: operand.items.contains { $0.plain == value?.plain }
      case .notAmong: !operand.items.contains { $0.plain == value?.plain }
      case .exists: (value != nil) == (operand.flag ?? true)
      }
    }
  }
}
