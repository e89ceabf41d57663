extension World {
  /// Fills the CRM with the accounts that the page's ready-made leads meet: a customer with an owner, whose contact
  /// writes again, and an account in an open deal. For a demo; a test arranges its own.
  public func addSampleAccounts() {
    let nordwerk = addAccount(
      "Nordwerk Maschinenbau", "nordwerk.example", stage: "customer", owner: "lena@northwind.example")
    let karl = addRecord(
      .contacts,
      [
        "email": "karl.jansen@nordwerk.example", "firstname": "Karl", "lastname": "Jansen",
        "jobtitle": "Leiter Vertrieb", "lifecyclestage": "customer",
        "hubspot_owner_id": owner("lena@northwind.example")?.id ?? "",
      ])
    link(.contacts, karl, to: .companies, nordwerk)
    let thistle = addAccount(
      "Thistle Energy", "thistle.example", stage: "opportunity", owner: "oliver@northwind.example")
    let deal = addRecord(
      .deals,
      [
        "dealname": "Thistle Energy, 200 seats", "dealstage": "contractsent", "amount": "48000",
        "hubspot_owner_id": owner("niamh@northwind.example")?.id ?? "",
      ])
    link(.deals, deal, to: .companies, thistle)
  }

  private func addAccount(_ name: String, _ domain: String, stage: String, owner email: String) -> String {
    addRecord(
      .companies,
      ["name": name, "domain": domain, "lifecyclestage": stage, "hubspot_owner_id": owner(email)?.id ?? ""])
  }
}
