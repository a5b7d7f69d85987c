using StackHub.Sandbox;

namespace StackHub.Cli.Demo;

/// <summary>Somebody who fills in a form in a marketing tool, or writes in a support tool's messenger.</summary>
/// <param name="Tool">Where they come in.</param>
/// <param name="Pool">Of the demo's rules, the one that has to choose; null where somebody is named.</param>
public sealed record DemoLead(string Tool, string Address, string First, string Last, string? Pool)
{
    public string? Country { get; init; }

    public string? Title { get; init; }

    /// <summary>Three of the territory, seven of nobody's, an executive, and somebody of a company that has an owner.</summary>
    /// <param name="domain">Of that company; null when the people made have none.</param>
    public static IReadOnlyList<DemoLead> Cast(string? domain)
    {
        List<DemoLead> cast =
        [
            new("hubspot", "lena.lindner@arrival-01.example", "Lena", "Lindner", "europe") { Country = "Germany" },
            new("hubspot", "marc.moreau@arrival-02.example", "Marc", "Moreau", "europe") { Country = "France" },
            new("hubspot", "femke.visser@arrival-03.example", "Femke", "Visser", "europe") { Country = "Netherlands" },
            new("hubspot", "olive.oakley@arrival-04.example", "Olive", "Oakley", "inbound") { Country = "United States" },
            new("hubspot", "pedro.pinto@arrival-05.example", "Pedro", "Pinto", "inbound") { Country = "Brazil" },
            new("hubspot", "quinn.quigley@arrival-06.example", "Quinn", "Quigley", "inbound") { Country = "United States" },
            new("intercom", "ravi.raman@arrival-07.example", "Ravi", "Raman", "inbound"),
            new("intercom", "sofia.sundberg@arrival-08.example", "Sofia", "Sundberg", "inbound"),
            new("intercom", "tariq.taleb@arrival-09.example", "Tariq", "Taleb", "inbound"),
            new("intercom", "uma.underhill@arrival-10.example", "Uma", "Underhill", "inbound"),
            new("intercom", "vera.voss@arrival-11.example", "Vera", "Voss", null) { Title = "Chief Information Officer" },
        ];
        if (domain is not null)
            cast.Add(new("hubspot", $"wilma.wintergreen@{domain}", "Wilma", "Wintergreen", null));
        return cast;
    }

    /// <summary>A tool's own record of them.</summary>
    public string CreateIn(SandboxServer sandbox)
    {
        var (type, fields) = Tool == "hubspot"
            ? ("contacts", new Dictionary<string, string?> { ["email"] = Address, ["firstname"] = First, ["lastname"] = Last, ["country"] = Country, ["jobtitle"] = Title })
            : ("contacts", new() { ["role"] = "user", ["email"] = Address, ["name"] = $"{First} {Last}", ["job_title"] = Title });
        foreach (var (name, _) in fields.Where(field => field.Value is null).ToArray())
            fields.Remove(name);
        return DemoConfiguration.VendorOf(sandbox, Tool).Edit(new("create", type) { Fields = fields })!["id"]!.ToString();
    }

    /// <summary>What they did was worth so many points.</summary>
    public void ScoreIn(SandboxServer sandbox, string id, int points) =>
        DemoConfiguration.VendorOf(sandbox, Tool).Edit(new("update", "contacts", id) { Fields = new Dictionary<string, string?> { [Tool == "hubspot" ? "hubspotscore" : "lead_score"] = $"{points}" } });

    public override string ToString() => $"lead in {Tool}";
}
