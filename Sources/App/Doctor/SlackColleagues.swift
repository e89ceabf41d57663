import SlackAPI
import SlackDesk
import VendorAPI

/// Whether the people of the configuration are full members of the workspace.
struct SlackColleagues: Sendable {
  let client: SlackClient
  /// The workspace's id.
  let team: String
  /// Look-ups at once; Slack counts them by the minute.
  private static let width = 4

  init(client: SlackClient, team: String) {
    self.client = client
    self.team = team
  }

  func findings(_ people: [NamedPerson]) async -> [Finding] {
    var answers: [(NamedPerson, SlackUser?)] = []
    for start in stride(from: 0, to: people.count, by: Self.width) {
      let some = people[start..<min(start + Self.width, people.count)]
      for (person, answer) in await some.concurrently({ person in await user(of: person) }) {
        switch answer {
        case .success(let user): answers.append((person, user))
        // Nobody is said to be missing who could not be asked for.
        case .failure(let error): return [SlackExamination.failed("people", error)]
        }
      }
    }
    return await verdicts(answers)
  }

  private func user(of person: NamedPerson) async -> Result<SlackUser?, VendorError> {
    do throws(VendorError) {
      return .success(
        try await Patience.call { () async throws(VendorError) in
          guard let alias = person.slack, SlackDirectory.isUserID(alias) else {
            return try await client.user(email: person.slack ?? person.email)
          }
          return try await known(alias)
        })
    } catch { return .failure(error) }
  }

  private func known(_ id: String) async throws(VendorError) -> SlackUser? {
    do { return try await client.user(id) } catch {
      guard error.code == "user_not_found" else { throw error }
      return nil
    }
  }

  private func verdicts(_ people: [(NamedPerson, SlackUser?)]) async -> [Finding] {
    let left = people.contains { $1 == nil } ? await deactivated() : []
    let faults = people.compactMap { person, user in fault(person, user, left) }
    return Finding.tally(
      "slack", "people", people.count - faults.count, of: people.count, "are full members of the workspace") + faults
  }

  private func fault(_ person: NamedPerson, _ user: SlackUser?, _ left: Set<String>) -> Finding? {
    let name = person.words(knownAs: person.slack)
    guard let user else {
      let isGone = left.contains(person.slack ?? person.email)
      return Finding(
        "slack", "people", .failing, name + (isGone ? " is deactivated in Slack" : " is nobody in Slack"),
        remedy: isGone
          ? "take them out of routing.yaml, or activate them"
          : "correct the address, or give `slack:` their address or id there")
    }
    if user.isDeleted {
      return Finding(
        "slack", "people", .failing, name + " is deactivated in Slack",
        remedy: "take them out of routing.yaml, or activate them")
    }
    guard !user.isFullMember(ofTeam: team) else { return nil }
    return Finding(
      "slack", "people", .failing, name + " is a guest, a bot or of another workspace: their clicks are refused",
      remedy: "make them a full member of the workspace")
  }

  /// The addresses of people who left: asked for by address, they are as unknown as somebody who never was there.
  private func deactivated() async -> Set<String> {
    do throws(VendorError) {
      let users = try await Patience.call { () async throws(VendorError) in try await client.users() }
      return Set(users.filter(\.isDeleted).compactMap { $0.email?.lowercased() })
    } catch {
      // Without the list both read "nobody", which is true of people who left as well.
      return []
    }
  }
}
