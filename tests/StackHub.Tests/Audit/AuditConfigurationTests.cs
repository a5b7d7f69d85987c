using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Tests.Configuration;

namespace StackHub.Tests.Audit;

public sealed class AuditConfigurationTests
{
    private const string Whole = Loading.Two + """
        audit:
          inventory:
            finance: { kind: invoices, file: lists/invoices.csv, columns: { vendor: Booked As } }
            logins: { kind: accounts, file: lists/logins.json }
          hours: { zone: Europe/Berlin, weekdays: 09:00-17:00, holidays: [2026-12-25] }
          intentional:
            - { tools: [HubSpot, Salesforce], because: two legal entities, until: 2027-06-30 }
          purposes: { person.email: newsletter }
          tools: { hubspot: HubSpot EMEA }
          owners: { hubspot: Ops@Example.com, hubspot/contacts: dana@example.com }
          owner: revops@example.com
          thresholds: { duplicate: 80, review: 50, unused: 60d, utilisation: 40 }
          notify: { url: https://hooks.example.com/audit, secret: env:AUDIT_SECRET, from: medium }
        """;

    [Fact]
    public void The_section_is_read()
    {
        var plan = Loading.Model(Whole).Audit;

        Assert.Equal([("finance", ImportKind.Invoices), ("logins", ImportKind.Accounts)], plan.Files.Select(file => (file.Name, file.Kind)));
        Assert.EndsWith(Path.Combine("lists", "invoices.csv").Replace('\\', '/'), plan.Files[0].Path.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal("Booked As", plan.Files[0].Columns["vendor"]);
        Assert.Equal(("two legal entities", new NodaTime.LocalDate(2027, 6, 30)), (plan.IntentionalPairs[0].Reason, plan.IntentionalPairs[0].Until));
        Assert.Equal("newsletter", plan.Purposes["Person.email"]);
        Assert.Equal("HubSpot EMEA", plan.Systems["hubspot"]);
        Assert.Equal((0.8, 0.5, 60, 0.4), (plan.Settings.DuplicateFrom, plan.Settings.ReviewFrom, plan.Settings.UnusedDays, plan.Settings.LeastUtilisation));
        Assert.Equal(("Ops@Example.com", "dana@example.com"), (plan.Owners["hubspot"], plan.Owners["hubspot/contacts"]));
        Assert.Equal("revops@example.com", plan.Settings.Owner?.Text);
        Assert.False(plan.Settings.Calendar.IsWorkingDay(new(2026, 12, 25)));
        Assert.Equal(("env:AUDIT_SECRET", Severity.Medium), (plan.Notify!.Secret, plan.Notify.From));
    }

    [Fact]
    public void Without_the_section_only_the_hub_itself_is_audited() => Assert.Same(AuditPlan.Default, Loading.Model(Loading.Two).Audit);

    [Theory]
    [InlineData("kind: accounts", "kind: receipts", "One of tools, invoices")]
    [InlineData("vendor: Booked As", "supplier: Booked As", "Invoices have no column 'supplier'")]
    [InlineData("[HubSpot, Salesforce]", "[HubSpot]", "A pair is two tools.")]
    [InlineData("2027-06-30", "2027-06-31", "There is no such day.")]
    [InlineData("person.email", "email", "cannot be a name here")]
    [InlineData("hubspot: HubSpot EMEA", "hubspott: HubSpot EMEA", "There is no system 'hubspott'")]
    [InlineData("hubspot/contacts: dana", "hubspott/contacts: dana", "There is no system 'hubspott'")]
    [InlineData("review: 50", "review: 90", "before it is worth a look")]
    [InlineData("env:AUDIT_SECRET", "hunter2", "env:NAME or keyvault:NAME")]
    public void A_mistake_is_told_with_its_place(string right, string wrong, string problem)
    {
        var told = Loading.Problem(Whole.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(problem, told, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", told, StringComparison.Ordinal);
    }
}
