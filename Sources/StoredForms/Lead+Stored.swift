import RevOps

/// What a lead is stored and found by.
extension Lead {
  /// The top-level members of its document that this release knows. Others were written by a newer one and stay when the
  /// lead is stored again.
  package static let storedMembers = [
    "desk", "errors", "id", "intake", "merged", "mergedInto", "progress", "state", "version", "warnings",
  ]

  /// Its document with the version that it will have.
  package func nextDocument() throws -> String {
    var next = self
    next.version += 1
    return try StoredJSON.text(next)
  }

  /// The person's name as a search compares it: what is known by now, else as they typed it.
  package var foldedName: String? {
    let payload = intake.payload
    let parts = [payload.firstName, payload.lastName].compactMap { $0 }
    let typed = payload.fullName ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
    return (facts?.normalized.fullName ?? typed).map(TextFolding.fold)
  }

  package var foldedCompany: String? {
    (facts?.normalized.company ?? intake.payload.company).map(TextFolding.fold)
  }

  /// Why it is parked; nil: it is not.
  package var parkedReason: String? { state == .parked ? errors.last ?? "" : nil }
}
