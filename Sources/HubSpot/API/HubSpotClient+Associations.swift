import VendorAPI
import RevOps

/// Links between records, and lists.
extension HubSpotClient {
  /// The ids that each record is linked to; one without links is absent. At most 100 records, and of each the first
  /// page of links (500).
  func associated(
    _ kind: ObjectKind, _ ids: [String], to other: ObjectKind
  ) async throws(HubSpotFailure) -> [String: [String]] {
    guard !ids.isEmpty else { return [:] }
    let question = BatchInputs(inputs: ids.prefix(Self.batchSize).map { RecordReference(id: $0) })
    let path = ["crm", "associations", release, kind.rawValue, other.rawValue, "batch", "read"]
    // A record without links is reported as an error beside the results, with a 2xx: it is simply none.
    let batch: BatchAnswer<AssociatedRecords> = try await answer(
      to: .ask("associations.batch_read", path, question))
    return Dictionary(
      batch.results.map { ($0.from.id.text, $0.to.map(\.toObjectId.text).uniqued()) },
      uniquingKeysWith: { ($0 + $1).uniqued() })
  }

  /// Links two records without a label. Repeating it is harmless. False: HubSpot answered well but linked nothing.
  func associate(
    _ kind: ObjectKind, _ id: String, to other: ObjectKind, _ otherID: String
  ) async throws(HubSpotFailure) -> Bool {
    let path = [
      "crm", "objects", release, kind.singular, id, "associations", "default", other.singular, otherID,
    ]
    let call = HubSpotCall(operation: "associations.create", method: .put, segments: path, isWrite: true)
    let batch: BatchAnswer<AssociationMade> = try await answer(to: call)
    return !batch.results.isEmpty && !batch.hasErrors
  }

  /// Adds a record to a manual or snapshot list; one that is on it stays. False: HubSpot does not know the record.
  func addToList(_ list: String, _ id: String) async throws(HubSpotFailure) -> Bool {
    struct Answer: Decodable { var recordIdsMissing: [LooseText]? }
    let path = ["crm", "lists", release, list, "memberships", "add"]
    let answer: Answer = try await answer(to: .write("lists.add", .put, path, [id]))
    return answer.recordIdsMissing?.contains { $0.text == id } != true
  }
}
