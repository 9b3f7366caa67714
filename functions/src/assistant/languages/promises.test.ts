import { describe, expect, test } from 'vitest';
import { promisesHelp } from './promises.ts';
import { everySentence, WORDINGS } from './wording.ts';

describe('a promise of help (I8)', () => {
  test.each([
    'मदद आ रही है।',
    'एम्बुलेंस रास्ते में है।',
    'कोई आपके पास आएगा।',
    'दमकल पाँच मिनट में पहुँच जाएगी।',
    'मैंने दमकल भेज दी है।',
    'टीम भेजी गई है।',
    'मदद आने तक वहीं रुकें।',
    'जब तक एम्बुलेंस न आए, रुकें।',
    'डॉक्टर के पहुँचने तक दबाए रखें।',
    'La ayuda está en camino.',
    'La ambulancia viene ya.',
    'Alguien va a llegar pronto.',
    'Los bomberos llegarán en cinco minutos.',
    'He enviado una ambulancia.',
    'Enviamos ayuda.',
    'Quédese ahí hasta que llegue la ayuda.',
    'Un supervisor estará con usted.',
    'No se mueva hasta que lleguen.',
    'Los médicos están llegando.',
  ])('is found in "%s"', (text) => {
    expect(promisesHelp(text)).toBe(true);
  });

  test.each([
    'मैंने यह कॉल आपके सुपरवाइज़र के लिए चिह्नित की है।',
    'किसी को मदद के लिए भेजें।',
    'बाहर निकलें और 112 पर कॉल करें।',
    'खतरा फिर आए तो 1 दबाएँ।',
    'Llame ahora al 112.',
    'Envíe a alguien a buscar el desfibrilador.',
    'He marcado esta llamada para sus supervisores.',
    'No puedo decir cuándo responde alguno.',
    'Si viene humo, salga.',
    'Cuando llegue a la salida, cuente a su gente.',
    'Salga por el camino de evacuación.',
  ])('is not seen in "%s"', (text) => {
    expect(promisesHelp(text)).toBe(false);
  });

  test.each(WORDINGS)('is in no sentence of Aurora in $language', (wording) => {
    for (const sentence of everySentence(wording))
      expect(promisesHelp(sentence), sentence).toBe(false);
  });
});
