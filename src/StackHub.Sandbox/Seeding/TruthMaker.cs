using Bogus;

namespace StackHub.Sandbox.Seeding;

/// <summary>Makes the truth and its distortions; the same seed and clock give the same truth.</summary>
internal sealed class TruthMaker
{
    private static readonly string[] Titles = ["CEO", "CTO", "Head of Sales", "Marketing Manager", "Account Executive", "Engineer", "Buyer", "Consultant", "VP Operations", "Office Manager"];
    private static readonly string[] FreeMail = ["gmail.com", "outlook.com", "yahoo.com", "proton.me"];
    private static readonly string[] Mailboxes = ["info", "sales", "office"];
    private static readonly (string First, string Last)[] Unicode = [("محمد", "الأحمد"), ("Zoë", "O'Brien"), ("小明", "王"), ("Jean-Luc", "\"JL\" D’Arc"), ("Ünal", "Çağlar"), ("Sunny ☀", "Smith 🚀"), ("נועה", "כהן"), ("Łukasz", "Żółć")];

    private readonly Random random;
    private readonly DateTimeOffset now;
    private readonly string[] firsts;
    private readonly string[] lasts;

    private TruthMaker(SandboxOptions options, int seed)
    {
        random = new(seed);
        var time = options.Time.GetUtcNow().AddHours(-1);
        now = new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var faker = new Faker { Random = new Randomizer(options.Seed) };
        firsts = [.. Enumerable.Range(0, 600).Select(_ => faker.Name.FirstName()).Distinct()];
        lasts = [.. Enumerable.Range(0, 800).Select(_ => faker.Name.LastName()).Distinct()];
    }

    public static Truth Make(SandboxOptions options, IReadOnlyList<SeedShare> shares)
    {
        var maker = new TruthMaker(options, options.Seed);
        var companies = Enumerable.Range(0, Math.Max(1, options.People / 12)).Select(maker.Company).ToList();
        var people = Enumerable.Range(0, options.People).Select(number => maker.Person(number, companies)).ToList();
        var deals = Enumerable.Range(0, options.People / 20).Select(number => maker.Deal(number, people, companies)).ToList();
        foreach (var share in shares)
            new TruthMaker(options, SeedOf(share.Vendor, options.Seed)).Add(share, people, companies);
        return new(people, companies, deals);
    }

    /// <summary>A vendor's own numbers: with another vendor beside it, every vendor is seeded as before.</summary>
    private static int SeedOf(string vendor, int seed) => vendor.Aggregate(seed, (sum, letter) => unchecked((sum * 31) + letter));

    private void Add(SeedShare share, List<TruePerson> people, List<TrueCompany> companies)
    {
        foreach (var company in companies.Where(_ => Chance(share.Companies)).ToList())
        {
            var name = Chance(0.5) ? company.Name : Variations.Company(company.Name, random);
            companies[company.Number] = company with { Names = new Dictionary<string, IReadOnlyList<string>>(company.Names) { [share.Vendor] = [name] } };
        }

        foreach (var person in people.Where(_ => Chance(share.People)))
            person.Sightings = [.. person.Sightings, Distorted(person, share.Vendor, share.PersonType, isCopy: false)];
    }

    private bool Chance(double share) => random.NextDouble() < share;

    private T One<T>(T[] items) => items[random.Next(items.Length)];

    private DateTimeOffset Past(double fromDays, double toDays) =>
        now.AddSeconds(-(long)((fromDays + (random.NextDouble() * (toDays - fromDays))) * 86_400));

    private TrueCompany Company(int number)
    {
        var name = $"{One(lasts)} {One(["Labs", "Systems", "Foods", "Logistics", "Partners", "Works", "Media", "Energy"])}";
        var domain = Chance(0.12) ? null : $"{new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)])}{number}.example";
        var names = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (vendor, share) in new[] { ("salesforce", 0.9), ("hubspot", 0.9), ("intercom", 0.5) })
        {
            if (Chance(share))
                names[vendor] = [.. Enumerable.Range(0, Chance(0.04) && vendor != "intercom" ? 2 : 1).Select(_ => Chance(0.5) ? name : Variations.Company(name, random))];
        }

        return new(number, name, domain, Past(400, 700), Past(1, 360)) { Names = names };
    }

    private TruePerson Person(int number, List<TrueCompany> companies)
    {
        var oddities = Oddity.None;
        var (first, last) = (One(firsts), One(lasts));
        if (Chance(0.02))
            ((first, last), oddities) = (One(Unicode), Oddity.Unicode);
        var company = companies[(int)(companies.Count * Math.Pow(random.NextDouble(), 2))];
        var email = Address(number, first, last, company, ref oddities);
        var hasMoved = email is not null && oddities is Oddity.None or Oddity.Unicode && Chance(0.04);
        if (hasMoved)
            oddities |= Oddity.ChangedAddress;
        var person = new TruePerson(number, first, last, email, $"+1555{random.Next(1_000_000, 9_999_999)}", One(Titles), company.Number)
        {
            OptedOut = Chance(0.08),
            OldEmail = hasMoved ? $"old{number}@{company.Domain ?? "previous.example"}" : null,
            Oddities = oddities,
        };
        person.Sightings = [.. Seen(person)];
        return person;
    }

    private string? Address(int number, string first, string last, TrueCompany company, ref Oddity oddities)
    {
        var draw = random.NextDouble();
        if (draw < 0.04)
        {
            oddities |= Oddity.NoEmail;
            return null;
        }

        if (draw < 0.06 && company.Domain is not null)
        {
            oddities |= Oddity.SharedMailbox;
            return $"{One(Mailboxes)}@{company.Domain}";
        }

        var plain = new string([.. $"{first}.{last}".ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '.')]).Trim('.');
        var isFree = company.Domain is null || draw < 0.18;
        if (isFree)
            oddities |= Oddity.FreeMail;
        return $"{(plain.Length == 0 ? "person" : plain)}{number}@{(isFree ? One(FreeMail) : company.Domain)}";
    }

    private IEnumerable<Sighting> Seen(TruePerson person)
    {
        var tools = new[] { ("salesforce", 0.6), ("hubspot", 0.75), ("intercom", 0.4) }.Where(tool => Chance(tool.Item2)).Select(tool => tool.Item1).ToList();
        if (tools.Count == 0)
            tools.Add("hubspot");
        foreach (var vendor in tools)
        {
            var type = vendor switch
            {
                "salesforce" => Chance(0.2) ? Chance(0.25) ? "ConvertedLead" : "Lead" : "Contact",
                "intercom" => person.Email is null || Chance(0.2) ? "lead" : "user",
                _ => "contacts",
            };
            if (type == "ConvertedLead")
                person.Oddities |= Oddity.ConvertedLead;
            yield return Distorted(person, vendor, type, isCopy: false);
            // HubSpot allows an address once, so its duplicates are people with another address; users of Intercom likewise.
            if (Chance(0.04) && type is "Contact" or "Lead" or "contacts")
            {
                person.Oddities |= Oddity.Duplicate;
                yield return Distorted(person, vendor, type, isCopy: true);
            }
        }
    }

    private Sighting Distorted(TruePerson person, string vendor, string type, bool isCopy)
    {
        var (first, last, email, phone) = (person.First, person.Last, person.Email, person.Phone);
        if (Mark(person, Oddity.Typo, 0.04))
            last = Variations.Typo(last, random);
        if (Mark(person, Oddity.LetterCase, 0.06))
            (first, email) = (Variations.Case(first, random), vendor == "hubspot" ? email : email?.ToUpperInvariant());
        if (Mark(person, Oddity.PhoneFormat, 0.3))
            phone = Variations.Phone(phone, random);
        if (person.OldEmail is { } old && Chance(0.5))
            email = old;
        if (isCopy && vendor == "hubspot")
            email = $"copy{person.Number}@{(email ?? "x@copy.example").Split('@')[1]}".ToLowerInvariant();
        if (vendor == "intercom" && type == "lead" && Mark(person, Oddity.InvalidEmail, 0.05))
            email = $"{person.Number}@nowhere";
        var isStale = Mark(person, Oddity.Stale, 0.15);
        var created = Past(400, 700);
        return new(vendor, type)
        {
            First = first,
            Last = last,
            Email = email,
            Phone = Chance(0.15) ? null : phone,
            Title = isStale ? One(Titles) : person.Title,
            EarlierTitle = Chance(0.3) ? One(Titles) : null,
            OptedOut = Mark(person, Oddity.ConsentDisagrees, 0.03) ? !person.OptedOut : person.OptedOut,
            Newsletter = Chance(0.4),
            Score = random.Next(0, 100),
            Created = created,
            Modified = isStale ? Past(200, 365) : Past(0.05, 200),
        };
    }

    private bool Mark(TruePerson person, Oddity oddity, double share)
    {
        if (!Chance(share))
            return false;
        person.Oddities |= oddity;
        return true;
    }

    private TrueDeal Deal(int number, List<TruePerson> people, List<TrueCompany> companies)
    {
        var person = people[random.Next(people.Count)];
        var name = $"{companies[person.Company].Name} - {One(["Renewal", "Expansion", "New business", "Pilot"])} {number}";
        return new(number, name, person.Company, person.Number, random.Next(10, 2000) * 100m, DateOnly.FromDateTime(now.UtcDateTime).AddDays(random.Next(-200, 200)), Chance(0.3), Past(0.05, 300));
    }
}
