import RevOps
import SlackAPI

/// Why this lead, this score, this owner.
enum WhyModal {
  static func view(_ lead: Lead, policy: Policy?, subject: ModalSubject) -> View {
    let blocks = LeadExplanation(lead, policy: policy).blocks(limit: 2_800, blocks: 40)
    return DeskModal.why.view("Why?", submit: nil, blocks: blocks, about: lead, subject)
  }
}
