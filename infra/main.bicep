// StackHub on Azure: one Flex Consumption function app (custom handler), one storage account, one identity.
// 'azd up' deploys it; docs/azure.md tells how, and what has not been tried yet.
targetScope = 'subscription'

@description('Name of the azd environment; it is part of every resource name.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region; Flex Consumption must be offered there.')
param location string

@description('Object id of who deploys: may set secrets in the vault. Empty leaves that to somebody else.')
param principalId string = ''

@description('Kind of that principal.')
@allowed([ 'User', 'ServicePrincipal', 'Group' ])
param principalType string = 'User'

@description('Monthly budget in the billing currency; 0 makes no alert.')
@minValue(0)
param monthlyBudget int = 50

@description('Who is told when the budget is nearly spent; empty makes no alert.')
param budgetEmail string = ''

@description('First day of the budget, the first of a month.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Copies of the data: in three zones, or in one where the region has no zones.')
@allowed([ 'Standard_ZRS', 'Standard_LRS' ])
param storageCopies string = 'Standard_ZRS'

@description('Storage and vault only from inside a virtual network.')
param privateNetwork bool = false

@description('Most instances the app grows to.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Instances kept warm for webhooks; 0 costs nothing while nothing happens.')
@minValue(0)
param alwaysReadyForHttp int = 0

@description('OTLP collector for traces and metrics; empty exports nothing.')
param otlpEndpoint string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-stackhub-${token}'
    location: location
    tags: tags
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-stackhub-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'sthub${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    copies: storageCopies
    publicAccess: !privateNetwork
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: take('kv-hub-${token}', 24)
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    deployerId: principalId
    deployerType: principalType
    publicAccess: !privateNetwork
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    name: 'stackhub-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
  }
}

module endpoints 'modules/endpoints.bicep' = if (privateNetwork) {
  name: 'endpoints'
  scope: group
  params: {
    location: location
    tags: tags
    networkName: 'vnet-stackhub-${token}'
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
  }
  dependsOn: [ network ]
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-stackhub-${token}'
    location: location
    tags: tags
    identityName: identity.outputs.name
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    maximumInstances: maximumInstances
    alwaysReadyForHttp: alwaysReadyForHttp
    otlpEndpoint: otlpEndpoint
  }
  dependsOn: [ endpoints ]
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && !empty(budgetEmail)) {
  name: 'budget'
  scope: group
  params: {
    name: 'budget-stackhub'
    amount: monthlyBudget
    emails: [ budgetEmail ]
    start: budgetStart
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output STACKHUB_APP string = app.outputs.name
output STACKHUB_URL string = app.outputs.url
output STACKHUB_VAULT_NAME string = vault.outputs.name
