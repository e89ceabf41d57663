import Foundation
import RevOps
import SlackAPI

extension SlackHandlers {
  /// So many leads are offered at once at the most; the next come as these are taken.
  private static let mostOffered = 100

  /// Somebody has room again: what their teams could give to nobody is looked at now, the oldest first. By the inbox,
  /// since another instance may work on those leads. What is missed here comes by its timer.
  func offerWaiting(to member: String) async {
    do throws(StorageError) {
      let waiting = try await waitingLeads(for: member)
      for lead in waiting.prefix(try await room(of: member)) { try await offer(lead) }
    } catch {
      ports.desk.report(storage: error)
    }
  }

  private func waitingLeads(for member: String) async throws(StorageError) -> [Lead] {
    let teams = ports.policy().routing.teams.filter { team in
      team.assignment != .none && team.members.contains { $0.email == member }
    }
    let names = Set(teams.map(\.name))
    return try await OpenLeads(ports.leads).unowned().filter { lead in lead.desk.team.map(names.contains) ?? false }
  }

  private func room(of member: String) async throws(StorageError) -> Int {
    let status = try await Roster.read(from: ports.documents)[member]
    guard let limit = status?.capacityOverride ?? ports.policy().routing.capacity(of: member) else {
      return Self.mostOffered
    }
    let open = try await ports.leads.loads(of: [member])[member] ?? 0
    return min(max(0, limit - open), Self.mostOffered)
  }

  private func offer(_ lead: Lead) async throws(StorageError) {
    let now = ports.now()
    let command = DeskCommand(action: .handOver, actor: .system, at: now, reply: nil)
    var random = SystemRandomNumberGenerator()
    let message = InboxMessage(command: command, on: lead.id, at: now, random: &random)
    let delivery = Delivery(key: "hand_over/\(message.id)", bodyHash: nil, keepFor: .seconds(3_600), message: message)
    _ = try await ports.inbox.append(delivery, now: now)
    ports.wake(lead.id.partition)
  }
}
