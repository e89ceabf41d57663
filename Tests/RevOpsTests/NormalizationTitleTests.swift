import RevOps
import Testing

@Suite struct NormalizationTitleTests {
  @Test(arguments: [
    ("Founder", "founder"), ("CTO & co-founder", "founder"), ("Owner / President", "founder"), ("Inhaberin", "founder"),
    ("Gründer und CEO", "founder"),
    ("Fondatrice", "founder"), ("Socio fundador", "founder"), ("Dueño", "founder"), ("创始人兼CEO", "founder"),
    ("Основатель", "founder"),
    ("Sócio-fundador", "founder"), ("Small business owner", "founder"), ("Właściciel", "founder"), ("창업자", "founder"),
    ("Medgrundare", "founder"),
    ("CEO", "c_level"), ("C.E.O.", "c_level"), ("Chief Marketing Officer", "c_level"),
    ("Chief People & Culture Officer", "c_level"),
    ("Chief Executive", "c_level"), ("President", "c_level"), ("Managing Director", "c_level"),
    ("General Manager", "c_level"), ("CISO", "c_level"),
    ("Geschäftsführer", "c_level"), ("Geschäftsführer*in", "c_level"), ("Vorstand Finanzen", "c_level"),
    ("PDG", "c_level"), ("Directeur général", "c_level"),
    ("Director General", "c_level"), ("Gerente General", "c_level"), ("Amministratore delegato", "c_level"),
    ("社長", "c_level"), ("代表取締役社長", "c_level"),
    ("总经理", "c_level"), ("대표이사", "c_level"), ("Генеральный директор", "c_level"), ("Prezes Zarządu", "c_level"),
    ("Toimitusjohtaja", "c_level"),
    ("Verkställande direktör", "c_level"), ("Genel Müdür", "c_level"), ("Ügyvezető igazgató", "c_level"),
    ("מנכ״ל", "c_level"), ("Chairman of the Board", "c_level"),
    ("Diretor-geral", "c_level"), ("VP & General Manager", "c_level"), ("MD", "c_level"), ("Interim CFO", "c_level"),
    ("Vice President", "vp"), ("VP, Sales", "vp"), ("SVP Engineering", "vp"), ("vp revenue operations", "vp"),
    ("Vice-président Ventes", "vp"),
    ("Assistant Vice President", "vp"), ("V.P. Finance", "vp"), ("副总裁", "vp"), ("Vicepresidenta comercial", "vp"),
    ("VP Sales (ex-Rivalplan)", "vp"),
    ("Head of Marketing", "head"), ("Global Head, Procurement", "head"), ("Leiter Einkauf", "head"),
    ("Vertriebsleiterin", "head"), ("IT-Leiter", "head"),
    ("Abteilungsleiterin", "head"), ("Bereichsleitung Finanzen", "head"), ("Jefa de Marketing", "head"),
    ("営業部長", "head"), ("영업본부장", "head"),
    ("Head of Customer Support", "head"), ("Руководитель отдела продаж", "head"), ("Hoofd Inkoop", "head"),
    ("Sales Head", "head"),
    ("Director of Finance", "director"), ("Dir. Ops", "director"), ("Senior Director, Finance", "director"),
    ("Associate Director", "director"),
    ("Directrice commerciale", "director"), ("Direttore vendite", "director"), ("Diretora de Operações", "director"),
    ("Direktor Vertrieb", "director"),
    ("Finance Director", "director"), ("销售总监", "director"), ("Dyrektor handlowy", "director"),
    ("Director of Student Recruitment", "director"),
    ("Sales Manager", "manager"), ("Mgr, Accounting", "manager"), ("Team Lead RevOps", "manager"),
    ("Shift supervisor", "manager"), ("Responsable achats", "manager"),
    ("Gerente de compras", "manager"), ("Projektleiter", "manager"), ("Teamleiterin Support", "manager"),
    ("Chef de projet", "manager"), ("Go-to-market manager", "manager"),
    ("課長", "manager"), ("销售经理", "manager"), ("팀장", "manager"), ("Senior Manager", "manager"),
    ("Office Manager", "manager"), ("Recruiting Manager", "manager"),
    ("Kierownik sprzedaży", "manager"), ("Менеджер по закупкам", "manager"), ("IT-chef", "manager"),
    ("R&D Manager", "manager"),
    ("Senior analyst", "senior"), ("Sr. Engineer", "senior"), ("Lead engineer", "senior"),
    ("Principal Consultant", "senior"), ("Staff engineer", "senior"),
    ("Старший аналитик", "senior"), ("高级工程师", "senior"),
    ("Software engineer", "individual"), ("Assistant to the CEO", "individual"), ("EA to the VP Sales", "individual"),
    ("Office of the CFO analyst", "individual"),
    ("Leadership coach", "individual"), ("VPN engineer", "individual"), ("Internal auditor", "individual"),
    ("International account executive", "individual"),
    ("Directory services engineer", "individual"), ("Founding engineer", "individual"),
    ("Head chef's buyer", "individual"), ("Former CEO", "individual"),
    ("ex-CTO", "individual"), ("Aspiring founder", "individual"), ("Product Owner", "individual"),
    ("Executive Assistant, CEO", "individual"),
    ("Assistenz der Geschäftsführung", "individual"), ("Vorstandsassistentin", "individual"),
    ("Assistante de direction", "individual"),
    ("President's Office coordinator", "individual"), ("总经理助理", "individual"), ("社長秘書", "individual"),
    ("Head coach", "individual"), ("Head chef", "individual"),
    ("CEO coach", "individual"), ("Secretaria de gerencia", "individual"),
    ("Помощник генерального директора", "individual"), ("Ehemaliger Geschäftsführer", "individual"),
    ("Personal assistant to the Managing Director", "individual"), ("Account executive", "individual"),
    ("Lead generation specialist", "individual"),
    ("Recruiter for VP roles", "individual"), ("Direktionsassistentin", "individual"),
    ("HR Business Partner", "individual"), ("Management consultant", "individual"),
    ("Owner's representative", "individual"), ("Property owner", "individual"),
    ("Operations Director's PA", "individual"), ("Founder's Office", "individual"),
    ("CEO (retired)", "individual"), ("CEO wannabe", "individual"), ("Physician, MD", "individual"),
    ("Entrepreneur in Residence", "individual"),
    ("Chief data scientist", "senior"), ("Mitglied des Vorstands", "c_level"), ("Referent des Vorstands", "individual"),
    ("Заместитель директора", "director"),
    ("Manager-in-training", "intern"), ("General Manager, EMEA", "manager"), ("Intern", "intern"),
    ("Marketing intern", "intern"), ("Praktikantin", "intern"),
    ("Werkstudent Vertrieb", "intern"), ("stagiaire RH", "intern"),
    ("Becaria de finanzas", "intern"), ("Estagiário", "intern"), ("实习生", "intern"), ("インターン", "intern"),
    ("Management Trainee", "intern"), ("PhD student", "intern"),
    ("Stażysta", "intern"), ("Стажёр", "intern"), ("Software Engineer (Intern)", "intern"),
    ("Intern to the CEO", "intern"), ("Trainee Account Manager", "intern"),
    ("Apprentice electrician", "intern"), ("Stajyer", "intern"), ("인턴", "intern"),
  ])
  func `reads the level that the title itself has`(title: String, level: String) {
    #expect(JobTitle.seniority(title)?.rawValue == level)
  }

  @Test(arguments: ["", "-", "123", "…"]) func `reads no level where there is no title`(title: String) {
    #expect(JobTitle.seniority(title) == nil)
    #expect(JobTitle.department(title) == nil)
  }

  @Test(arguments: [
    ("CEO", "executive"), ("Founder", "executive"), ("CTO", "engineering"), ("CFO", "finance"), ("CIO", "it"),
    ("CISO", "security"), ("CMO", "marketing"),
    ("Chief Revenue Officer", "sales"), ("COO", "operations"), ("VP Sales", "sales"), ("Vertriebsleiter", "sales"),
    ("Head of Procurement", "procurement"),
    ("Leiter Einkauf", "procurement"), ("Responsabile acquisti", "procurement"),
    ("Customer Success Manager", "customer_success"), ("IT Manager", "it"),
    ("HR Business Partner", "hr"), ("Directrice des ressources humaines", "hr"), ("General Counsel", "legal"),
    ("Data Engineer", "data"), ("Product Manager", "product"),
    ("Product Marketing Manager", "marketing"), ("Software Engineer", "engineering"), ("R&D Director", "engineering"),
    ("Nurse", "other"), ("Claims clerk", "other"),
    ("営業部長", "sales"), ("财务经理", "finance"), ("Técnico de soporte", "engineering"), ("Customer Support Lead", "support"),
    ("Research scientist", "research"),
    ("Professor", "education"), ("Information Security Manager", "security"), ("Operations analyst", "operations"),
    ("Gerente de compras", "procurement"),
    ("Buchhalterin", "finance"), ("CTO & co-founder", "engineering"), ("Vertriebsmitarbeiter", "sales"),
    ("Gérant", "executive"), ("Executive Assistant to the CEO", "other"), ("Accountant", "finance"),
  ])
  func `reads the department`(title: String, department: String) {
    #expect(JobTitle.department(title)?.rawValue == department)
  }

  @Test func `a bare level names no department`() { #expect(JobTitle.department("Senior Manager") == nil) }
}
