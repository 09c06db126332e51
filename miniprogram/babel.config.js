const packages = '@nutui/nutui-react-taro/dist/es/packages'

// Components are imported one by one, with their styles: all of NutUI would add 180 kB to the main package.
const nutui = {
  libraryName: '@nutui/nutui-react-taro',
  libraryDirectory: 'dist/es/packages',
  camel2DashComponentName: false,
  style: 'css',
  customName: (name) => `${packages}/${name.toLowerCase()}`,
}

module.exports = {
  presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5' }]],
  plugins: [['import', nutui, 'nutui-react']],
}
