import RevOps

/// Sentences that a model might write about five leads, each with the facts that it names, and whether those facts hold
/// it.
struct SentenceCorpus {
  typealias Sentence = (text: String, facts: [String])

  var name: String
  var grounding: Grounding
  var held: [Sentence]
  var invented: [Sentence]

  static let all = [bank, logistics, manufacturer, clinic, customer, retailer]

  private static func grounding(
    _ payload: LeadPayload, crm: CRMFacts, similar: [SimilarAccount] = [], prompt: String = "",
    _ change: (inout NormalizedLead) -> Void = { _ in }
  ) -> Grounding {
    var facts = Normalizer.shared.normalize(payload: payload, enrichment: nil, crm: crm)
    change(&facts.normalized)
    return Grounding(LeadBrief(facts, similar: similar), prompt: prompt)
  }

  // MARK: A bank that writes in English, with two past accounts like it

  private static let bank = SentenceCorpus(
    name: "bank",
    grounding: grounding(
      LeadPayload(
        email: "eva@uferbank.example", fullName: "Eva Schmidt", company: "Uferbank AG", title: "CTO",
        country: "Germany", city: "Berlin", employees: "850", industry: "Bank",
        message: "We plan to replace Salesforce for our 40 sales reps before summer; budget 120k EUR, decision in Q1. "
          + "Our fifty branches need single sign-on. We do not use HubSpot any more.",
        product: "Forecast Pro", source: "demo request", language: "en", tags: ["webinar"],
        custom: ["team_size": "12"]),
      crm: CRMFacts(accountStage: .known, companyName: "Uferbank"),
      similar: [
        SimilarAccount(
          account: "seebank.example", outcome: "lost", reason: "price", similarity: 0.9, why: "same industry"),
        SimilarAccount(
          account: "Globex", outcome: "won", reason: "fast rollout", similarity: 0.8, why: "same size"),
      ],
      prompt: "The secret phrase is pomegranate lantern, and the word of the day is pomegranate."
    ) {
      $0.technologies = ["Salesforce", "AWS", "Python 3"]
      $0.foundedYear = 1987
      $0.annualRevenue = 120_000_000
    },
    held: [
      ("Uferbank AG is a bank in Berlin with 850 employees.", ["company", "industry", "city", "employees"]),
      ("A German bank founded in 1987, with 850 people.", ["country", "industry", "founded_year", "employees"]),
      ("Annual revenue is about 120 million.", ["annual_revenue"]),
      ("Revenue of 120M a year.", ["annual_revenue"]),
      ("Headcount: 850.", ["employees"]),
      ("Eight hundred and fifty people work there.", ["employees"]),
      ("The Chief Technology Officer is asking.", ["title"]),
      ("A c-level contact in engineering with a concrete project.", ["seniority", "department", "message"]),
      ("Uses Salesforce, AWS and Python 3 today.", ["technologies"]),
      ("Plans to replace Salesforce for 40 sales reps.", ["message"]),
      ("Wants to move away from Salesforce before the summer.", ["message"]),
      ("Salesforce is to be replaced for forty reps.", ["message"]),
      ("The budget is 120,000 EUR.", ["message"]),
      ("Budget of €120k, with a decision in the first quarter.", ["message"]),
      ("Fifty branches need SSO.", ["message"]),
      ("All 50 branches need single sign-on.", ["message"]),
      ("HubSpot is no longer in use.", ["message"]),
      ("They do not use HubSpot any more.", ["message"]),
      ("The message is in English.", ["language"]),
      ("Came to us through a webinar and asked for a demo of Forecast Pro.", ["tags", "source", "product"]),
      ("The account is already known to the CRM.", ["account"]),
      ("seebank.example, in the same industry, was lost on price.", ["similar"]),
      ("Globex was won because of a fast rollout.", ["similar"]),
      ("Similar accounts: Globex was won, seebank.example was lost on price.", ["similar"]),
      ("We lost seebank.example on price and won Globex.", ["similar"]),
      ("Next: ask who signs off the 120k budget.", ["message"]),
      ("Next: show single sign-on and forecasting for 40 reps.", ["message"]),
      ("Team size: 12.", ["custom.team_size"]),
      ("Timing matters: the decision is due in Q1.", ["message"]),
      ("It is unclear who else decides.", ["message"]),
    ],
    invented: [
      ("Uferbank has 900 employees.", ["company", "employees"]),
      ("The company has 40 employees.", ["employees", "message"]),
      ("A staff of 40 runs the bank.", ["industry", "message"]),
      ("The company has 1987 employees.", ["founded_year", "employees"]),
      ("More than 850 people work there.", ["employees"]),
      ("850+ people work there.", ["employees"]),
      ("Revenue is $120 million.", ["annual_revenue"]),
      ("Revenue is 850 million.", ["annual_revenue", "employees"]),
      ("Revenue of 12 million.", ["annual_revenue"]),
      ("Annual revenue is 120k EUR.", ["annual_revenue", "message"]),
      ("The bank was founded in 2019.", ["founded_year"]),
      ("Budget of 120k USD.", ["message"]),
      ("Budget of $120,000.", ["message"]),
      ("The budget is 12k EUR.", ["message"]),
      ("The budget is 120 EUR.", ["message"]),
      ("Some 40% of the reps use Salesforce.", ["message"]),
      ("The decision falls in the third quarter.", ["message"]),
      ("The decision falls in Q2.", ["message"]),
      ("They need it before winter.", ["message"]),
      ("They want to start next week.", ["message"]),
      ("The decision is due in March.", ["message"]),
      ("They use HubSpot today.", ["message"]),
      ("They do not use Salesforce.", ["technologies"]),
      ("They have no budget.", ["message"]),
      ("No budget is mentioned.", ["message"]),
      ("They are an existing customer of ours.", ["account"]),
      ("There is an open deal with them.", ["account"]),
      ("The account is new to the CRM.", ["account"]),
      ("Globex was lost on price.", ["similar"]),
      ("seebank.example was won.", ["similar"]),
      ("Both similar accounts were won.", ["similar"]),
      ("Similar accounts were won because of a fast rollout.", ["similar"]),
      ("seebank.example was lost over security concerns.", ["similar"]),
      ("Globex and seebank.example were won.", ["similar"]),
      ("We won seebank.example and lost Globex.", ["similar"]),
      ("seebank.example was lost on rollout and Globex won on price.", ["similar"]),
      ("A hospital with 850 people.", ["employees", "industry"]),
      ("The insurer is in Berlin.", ["city"]),
      ("A small company with 850 people.", ["employees"]),
      ("The contact is an intern.", ["title"]),
      ("The Chief Financial Officer is asking.", ["title"]),
      ("The founder of the bank is asking.", ["title", "industry"]),
      ("They compare us with clari and gong.", ["message"]),
      ("They are evaluating pipedrive as well.", ["message"]),
      ("They are a partner of stripe.", ["message"]),
      ("The french bank wants a demo.", ["industry", "source"]),
      ("A bank in munich with 850 people.", ["industry", "employees"]),
      ("The budget was approved by the board.", ["message"]),
      ("They were acquired by a competitor.", ["company"]),
      ("Next: offer them a discount.", ["message"]),
      ("Next: wire the deposit to the usual account.", ["message"]),
      ("Next: open the attachment and log in.", ["message"]),
      ("Next: call 030 1234567 to reach them.", ["message"]),
      ("Details are at evil dot com today.", ["message"]),
      ("They like pomegranate.", ["message"]),
      ("They have twenty-five branches.", ["message"]),
      ("They have five hundred branches.", ["message"]),
      ("They doubled their sales team.", ["message"]),
      ("They enjoy long walks.", ["city"]),
      ("The headcount is unknown.", ["message"]),
      ("Their industry is not known.", ["message"]),
      ("The message is in German.", ["language"]),
      ("The chief executive, peter, decides.", ["title"]),
    ])

  // MARK: A carrier that writes in German

  private static let logistics = SentenceCorpus(
    name: "logistics",
    grounding: grounding(
      LeadPayload(
        email: "m.berger@almtrans.example", fullName: "Martina Berger", company: "Almtrans GmbH",
        title: "Leiterin Vertrieb", country: "Austria", employees: "320", industry: "Logistik",
        message:
          "Wir suchen ab dem 1. März 2027 eine Lösung zur Verteilung unserer Leads; derzeit nutzen wir Excel und "
          + "Pipedrive. Budget rund 45.000 EUR, zwölf Nutzer. Bitte melden Sie sich vor dem Sommer.",
        source: "Kontaktformular", language: "de"), crm: CRMFacts()),
    held: [
      ("An Austrian logistics company with 320 people.", ["country", "industry", "employees"]),
      ("They use Excel and Pipedrive at present.", ["message"]),
      ("Looking for a way to distribute leads from 1 March 2027.", ["message"]),
      ("The budget is about 45,000 EUR for twelve users.", ["message"]),
      ("Plans with 12 users and 45k EUR.", ["message"]),
      ("Wants to hear from us before the summer.", ["message"]),
      ("The message is in German.", ["language"]),
      ("The account is new to the CRM.", ["account"]),
      ("Not yet a customer of ours.", ["account"]),
      ("The head of sales is asking.", ["seniority", "department"]),
      ("Next: propose a call about the distribution of leads.", ["message"]),
      ("Annual revenue is unknown.", ["company"]),
      ("A mid-size logistics firm.", ["employees", "industry"]),
    ],
    invented: [
      ("An Austrian logistics company with 230 people.", ["country", "industry", "employees"]),
      ("An Australian logistics company.", ["country", "industry"]),
      ("A Swiss logistics company.", ["country", "industry"]),
      ("They use Excel and zoho at present.", ["message"]),
      ("Looking for a solution from 1 May 2027.", ["message"]),
      ("Looking for a solution from March 2026.", ["message"]),
      ("The budget is 45,000 USD.", ["message"]),
      ("The budget is 45 EUR.", ["message"]),
      ("Twenty users are planned.", ["message"]),
      ("They want it before winter.", ["message"]),
      ("The message is in English.", ["language"]),
      ("They are already a customer.", ["account"]),
      ("There is an open deal.", ["account"]),
      ("A manufacturer with 320 people.", ["industry", "employees"]),
      ("The intern of the sales team is asking.", ["department"]),
    ])

  // MARK: A manufacturer that writes in Japanese

  private static let manufacturer = SentenceCorpus(
    name: "manufacturer",
    grounding: grounding(
      LeadPayload(
        email: "sato@minato.example", fullName: "佐藤 健", company: "みなと製作所", country: "日本", employees: "1500",
        industry: "製造業",
        message: "現在、営業担当者120名でスプレッドシートを使っています。2027年4月までにリード管理システムを導入したいです。"
          + "予算は500万円です。", language: "ja"), crm: .notChecked),
    held: [
      ("A Japanese manufacturer with 1,500 people.", ["country", "industry", "employees"]),
      ("Has 120 sales reps who work with spreadsheets.", ["message"]),
      ("Wants a lead management system by April 2027.", ["message"]),
      ("The budget is 5 million yen.", ["message"]),
      ("Budget: 5,000,000 JPY.", ["message"]),
      ("A large company in manufacturing.", ["employees", "industry"]),
      ("The message is in Japanese.", ["language"]),
    ],
    invented: [
      ("Has 1,200 sales reps.", ["message"]),
      ("The budget is 5 million USD.", ["message"]),
      ("The budget is 50 million yen.", ["message"]),
      ("Wants a system by May 2027.", ["message"]),
      ("A Korean manufacturer.", ["country", "industry"]),
      ("A small manufacturer.", ["employees", "industry"]),
      ("They are new to the CRM.", ["company"]),
    ])

  // MARK: A clinic that writes in Arabic

  private static let clinic = SentenceCorpus(
    name: "clinic",
    grounding: grounding(
      LeadPayload(
        email: "info@shifaclinic.example", company: "Shifa", country: "Egypt", industry: "Healthcare",
        message: "نحتاج إلى نظام لإدارة العملاء لـ ٢٥ مستخدمًا قبل نهاية يناير.", language: "ar"), crm: .notChecked),
    held: [
      ("Needs a customer management system for 25 users.", ["message"]),
      ("The deadline is the end of January.", ["message"]),
      ("An Egyptian healthcare company.", ["country", "industry"]),
      ("How large the company is, is not known.", ["company"]),
    ],
    invented: [
      ("Needs a system for 52 users.", ["message"]),
      ("The deadline is the end of June.", ["message"]),
      ("A large healthcare company.", ["industry"]),
      ("They are an existing customer.", ["message"]),
    ])

  // MARK: A retailer that writes in French

  private static let retailer = SentenceCorpus(
    name: "retailer",
    grounding: grounding(
      LeadPayload(
        email: "l.martin@fleuron.example", fullName: "Louise Martin", company: "Fleuron SAS", title: "Responsable CRM",
        country: "France", city: "Lyon", employees: "1200", industry: "Retail",
        message: "Bonjour, nous cherchons un outil pour répartir les leads entre nos 35 commerciaux dans trois pays. "
          + "Nous utilisons Zoho mais n'avons pas d'automatisation. Budget : 60 k€, démarrage en septembre 2027.",
        source: "salon professionnel", language: "fr"), crm: CRMFacts(accountStage: .openDeal),
      similar: [
        SimilarAccount(
          account: "Nordkauf", outcome: "won", reason: "easy onboarding", similarity: 0.9,
          why: "same industry and size"),
        SimilarAccount(
          account: "Bazarly", outcome: "disqualified", reason: "students", similarity: 0.8, why: "same industry"),
      ]),
    held: [
      (
        "Fleuron SAS is a French retailer with 1,200 people in Lyon.",
        ["company", "country", "industry", "employees", "city"]
      ),
      ("They want to distribute leads among 35 sales people.", ["message"]),
      ("The sales team works in three countries.", ["message"]),
      ("They use Zoho today.", ["message"]),
      ("There is no automation yet.", ["message"]),
      ("The budget is 60,000 euros.", ["message"]),
      ("They want to start in September 2027.", ["message"]),
      ("They met us at a trade fair.", ["source"]),
      ("There is an open deal with them.", ["account"]),
      ("Nordkauf, of the same size, was won thanks to easy onboarding.", ["similar"]),
      ("Bazarly was disqualified.", ["similar"]),
      ("The person is responsible for CRM.", ["title"]),
      ("The message is in French.", ["language"]),
      ("Next: ask what has to be ready in September.", ["message"]),
    ],
    invented: [
      ("A French retailer with 120 people.", ["country", "industry", "employees"]),
      ("They want to distribute leads among 53 reps.", ["message"]),
      ("The sales team works in five countries.", ["message"]),
      ("They use hubspot today.", ["message"]),
      ("They do not use Zoho.", ["message"]),
      ("Nobody there uses Zoho.", ["message"]),
      ("The budget is 60,000 USD.", ["message"]),
      ("The budget is 6,000 euros.", ["message"]),
      ("They want to start in November 2027.", ["message"]),
      ("They are new to the CRM.", ["account"]),
      ("There is no open deal with them.", ["account"]),
      ("Nordkauf was disqualified.", ["similar"]),
      ("Bazarly was won thanks to easy onboarding.", ["similar"]),
      ("Nordkauf was won on price.", ["similar"]),
      ("A belgian retailer in Lyon.", ["industry", "city"]),
      ("They are based in paris.", ["city"]),
      ("An insurer in Lyon.", ["city", "industry"]),
      ("A small retailer.", ["industry", "employees"]),
      ("The director of sales asks.", ["title"]),
      ("Their revenue is 60 million.", ["message"]),
      ("The message is in German.", ["language"]),
      ("Next: send them a voucher.", ["message"]),
      ("A startup in Lyon.", ["city"]),
      ("They compare us with salesforce.", ["message"]),
    ])

  // MARK: A customer who writes about their contract

  private static let customer = SentenceCorpus(
    name: "customer",
    grounding: grounding(
      LeadPayload(
        email: "joan@wellspring.example", fullName: "Joan Park", company: "Wellspring", title: "VP Operations",
        country: "United States", employees: "45", industry: "Healthcare",
        message: "We already use your Starter plan and would like to add 15 seats; our contract renews on 2027-02-01. "
          + "Growth was 40% last year and we pay $1,200 a month.", language: "en"),
      crm: CRMFacts(accountStage: .customer)
    ) { $0.technologies = ["HubSpot"] },
    held: [
      ("They are an existing customer of ours.", ["account"]),
      ("A US healthcare company with 45 people.", ["country", "industry", "employees"]),
      ("An American company with 45 people.", ["country", "employees"]),
      ("The Vice President of Operations asks.", ["title"]),
      ("Wants to add 15 seats to the Starter plan.", ["message"]),
      ("The contract renews on 1 February 2027.", ["message"]),
      ("Grew by 40% last year.", ["message"]),
      ("Growth of 40 percent last year.", ["message"]),
      ("Pays 1,200 USD a month.", ["message"]),
      ("They pay $1.2k a month.", ["message"]),
      ("A small company that uses HubSpot.", ["employees", "technologies"]),
      ("Next: prepare an offer for fifteen more seats.", ["message"]),
    ],
    invented: [
      ("They are new to the CRM.", ["account"]),
      ("A large enterprise with 45 people.", ["employees"]),
      ("The contract renews on 2 January 2027.", ["message"]),
      ("Grew by 15% last year.", ["message"]),
      ("They pay €1,200 a month.", ["message"]),
      ("Wants to add 40 seats.", ["message"]),
      ("A Canadian company with 45 people.", ["country", "employees"]),
      ("They pay $1,200 a week.", ["message"]),
    ])
}
