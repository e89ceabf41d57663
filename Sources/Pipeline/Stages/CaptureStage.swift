import RevOps

/// Reads the form's own facts. Needs no service and cannot fail: what can't be read is unknown.
struct CaptureStage: Sendable {
  let normalize: @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts

  func callAsFunction(_ intake: Intake) -> CapturedLead {
    CapturedLead(facts: normalize(intake.payload, nil, .notChecked))
  }
}
