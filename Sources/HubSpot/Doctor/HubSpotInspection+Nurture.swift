import VendorAPI

extension HubSpotInspection {
  /// A list ("segment") as far as it matters to whoever adds to it.
  public struct List: Decodable, Sendable {
    public let name: String?
    /// `MANUAL`, `SNAPSHOT`, or `DYNAMIC`: HubSpot alone decides who is on that.
    public let processingType: String
    /// `0-1`: contacts.
    public let objectTypeId: String?

    public var takesMembers: Bool { processingType != "DYNAMIC" }
    public var isOfContacts: Bool { objectTypeId == nil || objectTypeId == "0-1" }
  }

  /// Nil: there is none.
  public func list(_ id: String) async throws(VendorError) -> List? {
    struct Answer: Decodable { var list: List }
    do throws(VendorError) {
      let answer: Answer = try await answer(.read("lists.read", ["crm", "lists", release, id]))
      return answer.list
    } catch {
      guard error.status == 404 else { throw error }
      return nil
    }
  }

  /// The names of the sequences that a user may enrol people in, by id.
  public func sequences(of user: String) async throws(VendorError) -> [String: String] {
    struct Sequence: Decodable {
      var id: LooseText
      var name: String
    }
    var sequences: [String: String] = [:]
    var after: String?
    repeat {
      var query = URLQuery([(name: "userId", value: user), (name: "limit", value: "100")])
      query.add("after", after)
      let page: Page<Sequence> = try await answer(
        .read("sequences.list", ["automation", "sequences", release], query: query))
      for sequence in page.results { sequences[sequence.id.text] = sequence.name }
      after = page.next == after ? nil : page.next
    } while after != nil
    return sequences
  }
}
