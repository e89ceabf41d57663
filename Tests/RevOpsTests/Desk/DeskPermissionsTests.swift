import Foundation
import Testing

@testable import RevOps

@Suite struct DeskPermissionsTests {
  @Test(arguments: Permission.allCases, Playbook.Permissions.Who.allCases)
  func `each permission follows its key in the playbook`(permission: Permission, who: Playbook.Permissions.Who) {
    let policy = DeskFixture.policy { $0.permissions[permission] = who }
    for visitor in Visitor.allCases {
      let refusal = Permissions.refusal(
        of: permission, to: visitor.actor, on: DeskFixture.lead(.delivered), policy: policy)
      #expect((refusal == nil) == may(visitor, who), "\(visitor), \(permission): \(who)")
    }
  }

  private func may(_ visitor: Visitor, _ who: Playbook.Permissions.Who) -> Bool {
    switch visitor {
    case .guest, .nameless: false
    case .operator, .admin, .manager: true
    case .outsider: who == .anyone
    case .member: who == .anyone || who == .team
    case .owner: who != .admins
    }
  }

  @Test func `a review team takes the place of the triage key`() {
    let policy = DeskFixture.policy { $0.notify.reviewTeam = "triage" }
    let lead = DeskFixture.lead(.inReview)
    func refusal(_ email: String) -> String? {
      Permissions.refusal(
        of: .triage, to: DeskActor(email: email, name: email, isFullMember: true), on: lead, policy: policy)
    }
    for email in ["sdr@n.example", "tom@n.example", "maria@n.example", "root@n.example"] {
      #expect(refusal(email) == nil, "\(email)")
    }
    for email in [DeskFixture.an, "eve@n.example"] {
      #expect(refusal(email) == "Only members of triage, their manager and admins can triage leads.", "\(email)")
    }
  }

  @Test func `a refusal says who may`() {
    let policy = DeskFixture.policy()
    func refusal(_ permission: Permission, owner: String? = DeskFixture.jo, team: String? = "sales") -> String? {
      var lead = DeskFixture.lead(.delivered)
      lead.desk.owner = owner
      lead.desk.team = team
      return Permissions.refusal(of: permission, to: Visitor.outsider.actor, on: lead, policy: policy)
    }
    #expect(
      refusal(.release) == "Its owner (jo@n.example), the team's manager (maria@n.example) and admins can do that.")
    #expect(
      refusal(.release, owner: nil)
        == "Whoever claims it, the team's manager (maria@n.example) and admins can do that.")
    #expect(
      refusal(.reassign) == "Members of sales, the team's manager (maria@n.example) and admins can do that.")
    #expect(refusal(.reassign, team: nil) == "The owner and admins can do that.")
    #expect(refusal(.retry, team: nil) == "Only admins can do that.")
  }

  @Test func `somebody without an address in Slack is told why they can do nothing`() {
    let refusal = Permissions.refusal(
      of: .lookUp, to: Visitor.nameless.actor, on: nil, policy: DeskFixture.policy())
    #expect(refusal?.contains("shows no e-mail address") == true)
  }
}

extension Playbook.Permissions {
  fileprivate subscript(permission: Permission) -> Who {
    get { who(for: permission) }
    set {
      switch permission {
      case .lookUp: lookUp = newValue
      case .claim: claim = newValue
      case .reassign: reassign = newValue
      case .nurture: nurture = newValue
      case .release: release = newValue
      case .outcome: outcome = newValue
      case .triage: triage = newValue
      case .retry: retry = newValue
      }
    }
  }
}
