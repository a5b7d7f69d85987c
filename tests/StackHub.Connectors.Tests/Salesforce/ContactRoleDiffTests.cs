using FsCheck;
using FsCheck.Fluent;
using StackHub.Connectors.Salesforce;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class ContactRoleDiffTests
{
    private const string Ada = "003000000000001AAA";
    private const string Bob = "003000000000002AAA";

    [Fact]
    public void A_new_contact_is_inserted_and_an_unwanted_one_deleted()
    {
        var diff = ContactRoleDiff.Between([new("00K1", Ada, "User")], Wanted($"{Bob}:Decision Maker"));

        Assert.Equal([$"{Bob}:Decision Maker"], diff.Insert.Select(role => role.Text));
        Assert.Equal(["00K1"], diff.Delete.Select(role => role.Id));
        Assert.Empty(diff.Update);
    }

    [Fact]
    public void A_changed_role_keeps_its_record()
    {
        var diff = ContactRoleDiff.Between([new("00K1", Ada, "User")], Wanted($"{Ada}:Decision Maker"));

        Assert.Equal(("00K1", "Decision Maker"), diff.Update.Select(role => (role.Id, role.Role)).Single());
        Assert.Empty(diff.Insert);
        Assert.Empty(diff.Delete);
    }

    [Fact]
    public void A_lead_has_no_role() => Assert.Equal([Ada], Wanted($"00Q000000000001AAA;{Ada}").Select(role => role.Text));

    [Fact]
    public void Applying_a_difference_gives_what_was_wanted() => Prop.ForAll<(int, int)[], (int, int)[]>((stored, wanted) =>
    {
        var have = stored.Select((entry, index) => new ContactRole($"00K{index}", $"003{Math.Abs(entry.Item1 % 3)}", $"r{Math.Abs(entry.Item2 % 3)}")).ToList();
        var want = wanted.Select(entry => new ContactRole("", $"003{Math.Abs(entry.Item1 % 3)}", $"r{Math.Abs(entry.Item2 % 3)}")).DistinctBy(role => role.Text).ToList();
        var diff = ContactRoleDiff.Between(have, want);
        var after = have.Where(role => !diff.Delete.Contains(role)).Select(role => diff.Update.FirstOrDefault(update => update.Id == role.Id) ?? role).Concat(diff.Insert);
        return ContactRole.Join(after) == ContactRole.Join(want);
    }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<ContactRole> Wanted(string text) => ContactRole.Wanted(new FieldValue(text));
}
