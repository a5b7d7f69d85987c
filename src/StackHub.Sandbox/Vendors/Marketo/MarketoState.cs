using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>The instance's leads, companies and opportunities, and the log of what happened to leads.</summary>
internal sealed class MarketoState(VendorClock clock, FaultSwitches faults)
{
    private readonly Sequence activities = new(5_000_000);

    public MarketoTable Leads { get; } = new("leads", 318_580,
    [
        "id:integer:r", "createdAt:datetime:r", "updatedAt:datetime:r", "email:email", "firstName:string", "lastName:string", "phone:phone", "mobilePhone:phone",
        "title:string", "company:string", "website:url", "industry:string", "externalCompanyId:string", "address:string", "city:string", "state:string",
        "postalCode:string", "country:string", "leadSource:string", "leadScore:score", "leadStatus:string", "doNotCall:boolean", "unsubscribed:boolean",
        "unsubscribedReason:string", "marketingSuspended:boolean", "blackListed:boolean", "emailInvalid:boolean", "dateOfBirth:date", "annualRevenue:currency", "numberOfEmployees:integer",
    ]);

    public MarketoTable Companies { get; } = new("companies", 4_000,
    [
        "id:integer:r", "createdAt:datetime:r", "updatedAt:datetime:r", "externalCompanyId:string", "company:string", "website:url", "industry:string", "mainPhone:phone",
        "numberOfEmployees:integer", "annualRevenue:currency", "billingStreet:string", "billingCity:string", "billingState:string", "billingPostalCode:string", "billingCountry:string", "companyNotes:string",
    ]);

    public MarketoTable Opportunities { get; } = new("opportunities", 70_000,
    [
        "marketoGUID:string:r", "createdAt:datetime:r", "updatedAt:datetime:r", "externalOpportunityId:string", "name:string", "amount:currency", "closeDate:date",
        "stage:string", "externalCompanyId:string", "description:string", "isWon:boolean", "isClosed:boolean",
    ]);

    public List<MarketoActivity> Activities { get; } = [];

    public Dictionary<string, MarketoExport> Exports { get; } = [];

    /// <summary>Whole seconds, as Marketo dates.</summary>
    public DateTimeOffset Now => Seconds(clock.Now);

    public DateTimeOffset Visible => clock.Now + faults.SearchLag;

    public static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    public MarketoActivity Log(int type, long leadId, DateTimeOffset? at = null) => new(activities.Next(), type, leadId, at ?? Now, at is null ? Visible : at.Value);
}
