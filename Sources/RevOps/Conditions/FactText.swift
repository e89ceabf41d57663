extension LeadFacts {
  /// What is known of a field, as text: one value, several of a list, none when it is unknown. A blank value says
  /// nothing and counts as unknown.
  public func texts(_ field: ConditionField, score: ExactDecimal? = nil) -> [String] {
    let values: [String?] =
      switch field {
      case .normalized(let field): normalized.texts(field)
      case .source: [payload.source]
      case .product: [payload.product]
      case .message: [payload.message]
      case .language: [payload.language]
      case .tags: payload.tags
      case .utm(let name): [payload.utm[name]]
      case .custom(let name): [payload.custom[name]]
      case .score: [score?.description]
      case .accountOwner: [crm.accountOwner]
      case .dealOwner: [crm.dealOwner]
      // The stage of an account that could not be looked up is not "none": it is unknown.
      case .accountStage: [crm.checked ? crm.accountStage.rawValue : nil]
      }
    return values.compactMap(\.self).filter { $0.contains { !$0.isWhitespace } }
  }
}

extension NormalizedLead {
  fileprivate func texts(_ field: Field) -> [String?] {
    switch field {
    case .email: [email]
    case .emailType: [emailType.rawValue]
    case .domain: [domain]
    case .company: [company]
    case .fullName: [fullName]
    case .title: [title]
    case .seniority: [seniority?.rawValue]
    case .department: [department?.rawValue]
    case .phone: [phone]
    case .country: [country]
    case .region: [region]
    case .city: [city]
    case .industry: [industry]
    case .employees: [employees.map(String.init)]
    case .annualRevenue: [annualRevenue.map(String.init)]
    case .foundedYear: [foundedYear.map(String.init)]
    case .technologies: technologies
    case .description: [description]
    case .linkedinURL: [linkedinURL]
    }
  }
}
