using StackHub.Connectors.Salesforce;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class SalesforceIdTests
{
    [Theory]
    [InlineData("0015g00000F4hEx", "0015g00000F4hExAAJ")]
    [InlineData("001D000000IRFma", "001D000000IRFmaIAH")]
    [InlineData("00D000000000062", "00D000000000062EAA")]
    public void A_short_id_gets_its_checksum(string id, string full) => Assert.Equal(full, SalesforceId.Full(id));

    [Fact]
    public void A_full_id_stays_as_it_is() => Assert.Equal("001D000000IRFmaIAH", SalesforceId.Full("001D000000IRFmaIAH"));

    [Fact]
    public void Ids_that_differ_in_case_only_are_two_records() => Assert.False(SalesforceId.Same("001D000000IRFma", "001D000000IRFmA"));
}
