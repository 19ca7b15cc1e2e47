import t from 'tap'
import { firstLoadFiles } from './first-load.ts'

void t.test('the first load is the entry and what it imports, not what it may load later', async (t) => {
  const manifest = {
    'index.html': {
      file: 'assets/index-1.js',
      isEntry: true,
      imports: ['_react', '_style'],
      dynamicImports: ['chart']
    },
    _react: { file: 'assets/react-2.js', imports: ['index.html', '_react'] },
    _style: { file: 'assets/style-3.css' },
    'src/worker.ts': { file: 'worker.js', isEntry: true },
    chart: { file: 'assets/chart-4.js', imports: ['_react'] }
  }
  t.same(firstLoadFiles(manifest), ['assets/index-1.js', 'assets/react-2.js'])
})
