import RevOps

extension JSONValue {
  public var nonNull: JSONValue? { isNull ? nil : self }

  /// A whole number, also where it was written with a fraction (`1200000.0`).
  public var whole: Int? { int ?? double.flatMap { Int(exactly: $0.rounded()) } }
}
